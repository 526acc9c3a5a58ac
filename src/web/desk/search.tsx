import type { CaseRow } from '../../cases/door.ts';
import { scopeOf } from '../../identity/door.ts';
import type { Page } from '../../platform/door.ts';
import { Button } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { EmptyState } from '../components/empty-state/empty-state.tsx';
import { Field } from '../components/field/field.tsx';
import { Heading } from '../components/layout/layout.tsx';
import { Pagination } from '../components/pagination/pagination.tsx';
import { isEmpty, leafingPosted } from '../paging.ts';
import { CaseRows } from './case-rows.tsx';
import type { Desk } from './desk.ts';
import { DeskPage } from './desk-page.tsx';

type Props = { desk: Desk; typed?: string; missing?: boolean; at?: number; found?: Page<CaseRow> };

/** Finds cases by number or applicant. The form posts, and so do its pages, because a name must not stand in an address. */
export function SearchPage({ desk, typed = '', missing = false, at = 1, found }: Props) {
  const { view } = desk;
  const { say } = view;
  const by = scopeOf(desk.actor, 'case.search-by-name').length > 0 ? 'either' : 'number';
  return (
    <DeskPage desk={desk} title={say('desk.search.title')} place="search" wrong={missing}>
      <Heading title={say('desk.search.title')} lead={say('desk.search.lead')} />
      <form method="post" action="/desk/search">
        <Csrf view={view} />
        <Field
          view={view}
          name="q"
          label={say(`desk.search.${by}.label`)}
          hint={say(`desk.search.${by}.hint`)}
          value={typed}
          error={missing ? say(`desk.search.${by}.missing`) : undefined}
          width="medium"
          maxLength={100}
          autoFocus={!found}
        />
        <p class="button-row">
          <Button icon="search">{say('desk.search.button')}</Button>
        </p>
      </form>
      {found && (
        <div class="section">
          {isEmpty(at, found) ? (
            <EmptyState icon="search" title={say('desk.search.none')} note={say(`desk.search.${by}.noneNote`)} />
          ) : (
            <>
              <CaseRows desk={desk} rows={found.rows} label={say('desk.search.found')} />
              <Pagination view={view} {...leafingPosted(at, found, '/desk/search', { q: typed })} />
            </>
          )}
        </div>
      )}
    </DeskPage>
  );
}
