import type { AccountRow, Agencies } from '../../identity/door.ts';
import type { Page } from '../../platform/door.ts';
import { Button } from '../components/button/button.tsx';
import { Heading } from '../components/layout/layout.tsx';
import { Table } from '../components/table/table.tsx';
import { Tag } from '../components/tag/tag.tsx';
import { shortDayText } from '../format.ts';
import type { View } from '../view.ts';
import { AdminPage } from './admin-page.tsx';
import { type StaffAsked, StaffFound } from './staff-found.tsx';

type AccountsProps = { view: View; asked: StaffAsked; found: Page<AccountRow>; agencies: Agencies };

/** Accounts of the county: whether each is on, when it was last used, and how well it is guarded. */
export function AccountsPage({ view, asked, found, agencies }: AccountsProps) {
  const { say, lang } = view;
  const title = say('admin.place.accounts');
  const rows = found.rows.map((account) => ({
    cells: [
      <a href={`/admin/accounts/${account.id}`}>{account.name}</a>,
      agencies.get(account.agency)?.name[lang] ?? account.agency,
      <AccountState view={view} account={account} />,
      account.lastSignIn ? shortDayText(view, account.lastSignIn) : say('admin.account.never'),
      secondText(view, account),
      account.sessions,
    ],
  }));
  const columns = [
    { label: say('admin.people.name'), whole: true },
    { label: say('admin.people.agency') },
    { label: say('admin.account.state'), whole: true },
    { label: say('admin.account.lastSignIn'), whole: true },
    { label: say('admin.account.second'), whole: true },
    { label: say('admin.account.sessions'), numeric: true },
  ];
  return (
    <AdminPage view={view} title={title} place="accounts">
      <Heading
        title={title}
        lead={say('admin.account.lead')}
        action={<Button href="/admin/accounts/add">{say('admin.account.add.title')}</Button>}
      />
      <StaffFound view={view} path="/admin/accounts" asked={asked} found={found}>
        <Table label={title} quietLabel columns={columns} rows={rows} />
      </StaffFound>
    </AdminPage>
  );
}

export function AccountState({ view: { say }, account }: { view: View; account: AccountRow }) {
  return account.active ? (
    <Tag tone="good">{say('admin.account.isOn')}</Tag>
  ) : (
    <Tag tone="bad">{say('admin.account.isOff')}</Tag>
  );
}

/** Whether there is a second step, or one has to be set up after the old one was taken away. */
export function secondText({ say }: View, { second, resetAt }: AccountRow): string {
  if (second) return say('admin.account.has');
  return say(resetAt ? 'admin.account.waits' : 'admin.account.hasNot');
}
