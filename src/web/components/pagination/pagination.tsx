import type { ComponentChildren } from 'preact';
import type { View } from '../../view.ts';
import { Csrf } from '../csrf/csrf.tsx';
import { Icon } from '../icon/icon.tsx';

export type PaginationProps = {
  view: View;
  /** Of the links, when a page has two lists. */
  label?: string;
  /** Addresses; with `posts`, numbers of pages. */
  previous?: string;
  next?: string;
  /** Asked for by a form that carries this besides: for lists found by words that must stand in no address. */
  posts?: { action: string; fields: Record<string, string> };
  /** Which of how many are on this page, when that is known. */
  from?: number;
  to?: number;
  total?: number;
  /** There is no page so far back. */
  past?: boolean;
};

/** The page before and the page after. */
export function Pagination({ view, label, previous, next, posts, from, to, total, past }: PaginationProps) {
  const { say } = view;
  if (!previous && !next && total === undefined) return null;
  return (
    <Frame view={view} label={label ?? say('components.pagination.label')} posts={posts}>
      {past && <p>{say('components.pagination.past')}</p>}
      {from !== undefined && to !== undefined && (
        <p>
          {total === undefined
            ? say('components.pagination.range', { from, to })
            : say('components.pagination.total', { from, to, total })}
        </p>
      )}
      {previous && (
        <Turn to={previous} rel="prev" button={posts !== undefined}>
          <Icon name="arrow-left" />
          <span>{say('components.pagination.previous')}</span>
        </Turn>
      )}
      {next && (
        <Turn to={next} rel="next" button={posts !== undefined}>
          <span>{say('components.pagination.next')}</span>
          <Icon name="arrow-right" />
        </Turn>
      )}
    </Frame>
  );
}

type FrameProps = Pick<PaginationProps, 'view' | 'posts'> & { label: string; children: ComponentChildren };

function Frame({ view, label, posts, children }: FrameProps) {
  if (!posts)
    return (
      <nav class="pagination" aria-label={label}>
        {children}
      </nav>
    );
  return (
    <nav aria-label={label}>
      <form class="pagination" method="post" action={posts.action}>
        <Csrf view={view} />
        {Object.entries(posts.fields).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        {children}
      </form>
    </nav>
  );
}

type TurnProps = { to: string; rel: 'prev' | 'next'; button: boolean; children: ComponentChildren };

function Turn({ to, rel, button, children }: TurnProps) {
  if (!button)
    return (
      <a class="button button-secondary" rel={rel} href={to}>
        {children}
      </a>
    );
  return (
    <button class="button button-secondary" type="submit" name="page" value={to}>
      {children}
    </button>
  );
}
