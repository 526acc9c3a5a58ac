import { Button } from '../components/button/button.tsx';
import { EmptyState } from '../components/empty-state/empty-state.tsx';
import { Heading } from '../components/layout/layout.tsx';
import { administers } from '../components/page/staff-header.tsx';
import { type Desk, mayWatch } from './desk.ts';
import { DeskPage } from './desk-page.tsx';

/** The desk of somebody who neither answers nor decides cases: where to go instead. */
export function DeskHome({ desk }: { desk: Desk }) {
  const { say } = desk.view;
  return (
    <DeskPage desk={desk} title={say('desk.home.title')}>
      <Heading title={say('desk.home.title')} />
      <EmptyState icon="user" title={say('desk.home.empty')} note={say('desk.home.note')}>
        {administers(desk.view) && <Button href="/admin">{say('components.page.admin')}</Button>}
        {mayWatch(desk.actor) && (
          <Button href="/watch" icon="chart-column">
            {say('desk.rail.watch')}
          </Button>
        )}
      </EmptyState>
    </DeskPage>
  );
}
