import type { CaseRow } from '../../cases/door.ts';
import { dayOf, type Page } from '../../platform/door.ts';
import { EmptyState } from '../components/empty-state/empty-state.tsx';
import { Heading } from '../components/layout/layout.tsx';
import { Pagination } from '../components/pagination/pagination.tsx';
import { isEmpty, leafing } from '../paging.ts';
import { CaseRows } from './case-rows.tsx';
import type { Desk } from './desk.ts';
import { DeskPage } from './desk-page.tsx';

/** What the counter has seen lately, newest first. */
export function RecentPage({ desk, at, found }: { desk: Desk; at: number; found: Page<CaseRow> }) {
  const { view } = desk;
  const { say } = view;
  const today = found.rows.filter(({ submittedAt }) => dayOf(submittedAt) === desk.today).length;
  const lead = at === 1 ? say('desk.recent.lead', { today }) : undefined;
  return (
    <DeskPage desk={desk} title={say('desk.recent.title')} place="recent">
      <Heading title={say('desk.recent.title')} lead={lead} />
      {isEmpty(at, found) ? (
        <EmptyState title={say('desk.recent.empty')} />
      ) : (
        <>
          <CaseRows desk={desk} rows={found.rows} label={say('desk.recent.title')} />
          <Pagination view={view} {...leafing(at, found, '/desk/recent')} />
        </>
      )}
    </DeskPage>
  );
}
