import type { View } from '../../view.ts';
import { Csrf } from '../csrf/csrf.tsx';
import { HeroArt } from '../hero-art/hero-art.tsx';
import { Icon } from '../icon/icon.tsx';

export type SearchBoxProps = {
  view: View;
  /** Of the field, when a page has two. */
  id?: string;
  value?: string;
  action?: string;
  /** Words that must stand in no address, such as names, are posted. */
  post?: boolean;
  /** `hero` on the home page, where its label is the title; `plain` elsewhere. */
  size?: 'hero' | 'plain';
  label?: string;
  hint?: string;
  /** What people often look for, as links below the field. */
  suggestions?: { label: string; href: string }[];
};

/** The search field: a plain form, of GET unless it posts. */
export function SearchBox({
  view,
  value,
  action = '/search',
  post = false,
  size = 'plain',
  id = 'q',
  label,
  hint,
  suggestions = [],
}: SearchBoxProps) {
  const { say } = view;
  const words = (
    <label class="search-label" for={id}>
      {label ?? say('components.search.label')}
    </label>
  );
  return (
    <search>
      {size === 'hero' && <HeroArt />}
      <form class={`search search-${size}`} action={action} method={post ? 'post' : 'get'}>
        {post && <Csrf view={view} />}
        {size === 'hero' ? <h1>{words}</h1> : words}
        {hint && (
          <p class="search-hint" id={`${id}-hint`}>
            {hint}
          </p>
        )}
        <div class="search-row">
          <input
            class="input"
            id={id}
            name="q"
            type="search"
            value={value}
            maxLength={100}
            autoComplete="off"
            enterkeyhint="search"
            aria-describedby={hint ? `${id}-hint` : undefined}
          />
          <button class="button button-primary" type="submit">
            <Icon name="search" />
            <span>{say('components.search.button')}</span>
          </button>
        </div>
        {suggestions.length > 0 && (
          <p class="search-often">
            {say('components.search.often')}{' '}
            {suggestions.map(({ label, href }) => (
              <>
                <a href={href}>{label}</a>{' '}
              </>
            ))}
          </p>
        )}
      </form>
    </search>
  );
}
