import type { Agencies, StaffRow } from '../../identity/door.ts';
import type { Page } from '../../platform/door.ts';
import { Heading } from '../components/layout/layout.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { Table } from '../components/table/table.tsx';
import { Tag } from '../components/tag/tag.tsx';
import type { View } from '../view.ts';
import { AdminPage } from './admin-page.tsx';
import { type StaffAsked, StaffFound } from './staff-found.tsx';

type PeopleProps = { view: View; asked: StaffAsked; found: Page<StaffRow>; agencies: Agencies };

/** Who works in the county, with what they hold. */
export function PeoplePage({ view, asked, found, agencies }: PeopleProps) {
  const { say, lang } = view;
  const title = say('admin.place.people');
  const rolesOf = (powers: StaffRow['powers']) =>
    [...new Set(powers.map(({ role }) => say(`admin.role.${role}`)))].join(lang === 'zh' ? '、' : ', ') || '–';
  const rows = found.rows.map(({ id, name, agency, powers, off }) => ({
    cells: [
      <a href={`/admin/people/${id}`}>{name}</a>,
      agencies.get(agency)?.name[lang] ?? agency,
      <>
        {off && <Tag tone="bad">{say('admin.account.isOff')}</Tag>} {rolesOf(powers)}
      </>,
    ],
  }));
  const reviews = view.waiting?.glass ?? 0;
  const columns = [
    { label: say('admin.people.name'), whole: true },
    { label: say('admin.people.agency') },
    { label: say('admin.people.roles') },
  ];
  return (
    <AdminPage view={view} title={title} place="people">
      {reviews > 0 && (
        <Notice kind="warn" title={say('admin.glass.waiting', { count: reviews })}>
          <p>
            <a href="/admin/break-glass">{say('admin.place.glass')}</a>
          </p>
        </Notice>
      )}
      <Heading title={title} lead={say('admin.people.lead')} />
      <StaffFound view={view} path="/admin/people" asked={asked} found={found}>
        <Table label={title} quietLabel columns={columns} rows={rows} />
      </StaffFound>
    </AdminPage>
  );
}
