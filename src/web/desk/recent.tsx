import type { CaseRow } from '../../cases/door.ts';
import { dayOf } from '../../platform/door.ts';
import { EmptyState } from '../components/empty-state/empty-state.tsx';
import { Heading } from '../components/layout/layout.tsx';
import { CaseRows } from './case-rows.tsx';
import type { Desk } from './desk.ts';
import { DeskPage } from './desk-page.tsx';

/** What the counter has seen lately, newest first. */
export function RecentPage({ desk, rows }: { desk: Desk; rows: CaseRow[] }) {
  const { say } = desk.view;
  const today = rows.filter(({ submittedAt }) => dayOf(submittedAt) === desk.today).length;
  return (
    <DeskPage desk={desk} title={say('desk.recent.title')} place="recent">
      <Heading title={say('desk.recent.title')} lead={say('desk.recent.lead', { today })} />
      {rows.length === 0 ? (
        <EmptyState title={say('desk.recent.empty')} />
      ) : (
        <CaseRows desk={desk} rows={rows} label={say('desk.recent.title')} />
      )}
    </DeskPage>
  );
}
