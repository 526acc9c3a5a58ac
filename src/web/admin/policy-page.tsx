import { actions, grantableRoles, rules } from '../../identity/door.ts';
import { Heading, Sheet } from '../components/layout/layout.tsx';
import { Table } from '../components/table/table.tsx';
import type { View } from '../view.ts';
import { AdminPage } from './admin-page.tsx';

const columns = ['person', ...grantableRoles, 'break-glass', 'client', 'device', 'system'] as const;

/** The policy as a table: made of the very rules that are asked, so it cannot say anything else. */
export function PolicyPage({ view }: { view: View }) {
  const { say } = view;
  const title = say('admin.policy.title');
  const rows = actions.map((action) => ({
    cells: [
      say(`admin.action.${action}`),
      ...columns.map((who) => {
        const reach = rules[action][who];
        return reach ? say(`admin.reach.${reach}`) : '–';
      }),
    ],
  }));
  return (
    <AdminPage view={view} title={title} place="policy">
      <Heading title={title} lead={say('admin.policy.lead')} />
      <Sheet>
        <Table
          label={title}
          quietLabel
          columns={[
            { label: say('admin.policy.action'), long: true },
            ...columns.map((who) => ({ label: say(`admin.role.${who}`), whole: true })),
          ]}
          rows={rows}
        />
      </Sheet>
    </AdminPage>
  );
}
