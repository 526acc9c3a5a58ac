import type { CaseRow } from '../../cases/door.ts';
import { scopeOf } from '../../identity/door.ts';
import { Button } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { EmptyState } from '../components/empty-state/empty-state.tsx';
import { Field } from '../components/field/field.tsx';
import { Heading } from '../components/layout/layout.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { CaseRows } from './case-rows.tsx';
import type { Desk } from './desk.ts';
import { DeskPage } from './desk-page.tsx';

type Props = { desk: Desk; typed?: string; missing?: boolean; found?: { rows: CaseRow[]; more: boolean } };

/** Finds a case by number or applicant. The form posts, because a name must not stand in an address. */
export function SearchPage({ desk, typed = '', missing = false, found }: Props) {
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
          {found.more && <Notice title={say('desk.search.more', { count: found.rows.length })} />}
          {found.rows.length > 0 ? (
            <CaseRows desk={desk} rows={found.rows} label={say('desk.search.found')} />
          ) : (
            <EmptyState icon="search" title={say('desk.search.none')} note={say(`desk.search.${by}.noneNote`)} />
          )}
        </div>
      )}
    </DeskPage>
  );
}
