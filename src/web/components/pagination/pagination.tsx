import type { View } from '../../view.ts';
import { Icon } from '../icon/icon.tsx';

export type PaginationProps = {
  view: View;
  /** Of the links, when a page has two lists. */
  label?: string;
  previous?: string;
  next?: string;
  /** Which of how many are on this page, when that is known. */
  from?: number;
  to?: number;
  total?: number;
  /** There is no page so far back. */
  past?: boolean;
};

/** The page before and the page after. */
export function Pagination({ view, label, previous, next, from, to, total, past }: PaginationProps) {
  const { say } = view;
  if (!previous && !next && total === undefined) return null;
  return (
    <nav class="pagination" aria-label={label ?? say('components.pagination.label')}>
      {past && <p>{say('components.pagination.past')}</p>}
      {from !== undefined && to !== undefined && (
        <p>
          {total === undefined
            ? say('components.pagination.range', { from, to })
            : say('components.pagination.total', { from, to, total })}
        </p>
      )}
      {previous && (
        <a class="button button-secondary" rel="prev" href={previous}>
          <Icon name="arrow-left" />
          <span>{say('components.pagination.previous')}</span>
        </a>
      )}
      {next && (
        <a class="button button-secondary" rel="next" href={next}>
          <span>{say('components.pagination.next')}</span>
          <Icon name="arrow-right" />
        </a>
      )}
    </nav>
  );
}
