import type { Bundle, Item, Newest, Proposal, Standing, Subject } from '../../catalog/door.ts';
import type { Page } from '../../platform/door.ts';
import { EmptyState } from '../components/empty-state/empty-state.tsx';
import { Heading, Section, Sheet } from '../components/layout/layout.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { Pagination } from '../components/pagination/pagination.tsx';
import { Table } from '../components/table/table.tsx';
import { Tag, type Tone } from '../components/tag/tag.tsx';
import { dayText, timeText } from '../format.ts';
import { isEmpty, leafing } from '../paging.ts';
import type { View } from '../view.ts';
import { AdminPage } from './admin-page.tsx';

/** What is called how: an item or bundle by its name in the reader's language, or by its id when it is gone. */
export type Naming = (subject: Subject) => string;
export const namingOf =
  ({ lang }: View, catalog: { item(id: string): Item | undefined; bundle(id: string): Bundle | undefined }): Naming =>
  ({ kind, id }) =>
    (kind === 'item' ? catalog.item(id) : catalog.bundle(id))?.name[lang] ?? id;

const tones: Record<Standing, Tone> = { waiting: 'working', stale: 'warn', published: 'good', returned: 'plain' };

/** How a proposal stands. */
export const StandingTag = ({ view, standing }: { view: View; standing: Standing }) => (
  <Tag tone={tones[standing]}>{view.say(`admin.catalog.standing.${standing}`)}</Tag>
);

type Props = {
  view: View;
  newest: Newest[];
  /** Which page of the proposals. */
  at: number;
  proposals: Page<Proposal>;
  nameOf: Naming;
  done?: string;
};

/** Everything that can be started, by version and state, and the proposals, those that wait first. */
export function CatalogPage({ view, newest, at, proposals, nameOf, done }: Props) {
  const { say } = view;
  const title = say('admin.place.catalog');
  const known = (['proposed', 'published', 'returned'] as const).find((one) => one === done);
  return (
    <AdminPage view={view} title={title} place="catalog">
      {known && <Notice kind="good" live title={say(`admin.catalog.${known}`)} />}
      <Heading title={title} lead={say('admin.catalog.lead')} />
      <Section title={say('admin.catalog.proposals')} id="proposals">
        {isEmpty(at, proposals) ? (
          <EmptyState
            icon="file-pen"
            title={say('admin.catalog.noProposals')}
            note={say('admin.catalog.noProposalsNote')}
          />
        ) : (
          <>
            <Proposals view={view} proposals={proposals} nameOf={nameOf} />
            <Pagination view={view} {...leafing(at, proposals, '/admin/catalog')} />
          </>
        )}
      </Section>
      {/* What waits is on the first page, and says so of its entry. */}
      {at === 1 && (
        <Section title={say('admin.catalog.all')} id="all">
          <Entries view={view} newest={newest} proposals={proposals} nameOf={nameOf} />
        </Section>
      )}
    </AdminPage>
  );
}

function Proposals({ view, proposals, nameOf }: Pick<Props, 'view' | 'proposals' | 'nameOf'>) {
  const { say } = view;
  const columns = ['subject', 'state', 'by', 'when', 'note'] as const;
  const rows = proposals.rows.map(({ id, kind, subject, standing, byName, at, note }) => ({
    cells: [
      <a href={`/admin/catalog/proposals/${id}`}>{nameOf({ kind, id: subject })}</a>,
      <StandingTag view={view} standing={standing} />,
      byName,
      timeText(view, at),
      note,
    ],
  }));
  return (
    <Sheet>
      <Table
        label={say('admin.catalog.proposals')}
        quietLabel
        columns={columns.map((name) => ({
          label: say(`admin.catalog.${name}`),
          whole: name !== 'subject' && name !== 'note',
          long: name === 'note',
        }))}
        rows={rows}
      />
    </Sheet>
  );
}

function Entries({ view, newest, proposals, nameOf }: Pick<Props, 'view' | 'newest' | 'proposals' | 'nameOf'>) {
  const { say, lang } = view;
  const columns = ['subject', 'state', 'version', 'origin', 'since'] as const;
  const pending = new Set(
    proposals.rows.filter(({ standing }) => standing === 'waiting').map(({ kind, subject }) => `${kind} ${subject}`),
  );
  const rows = newest.map(({ kind, id, version, origin, at }) => ({
    cells: [
      <a href={`/admin/catalog/${kind}/${id}`}>{nameOf({ kind, id })}</a>,
      pending.has(`${kind} ${id}`) ? (
        <Tag tone="working">{say('admin.catalog.pending')}</Tag>
      ) : (
        <Tag tone="good">{say('admin.catalog.current')}</Tag>
      ),
      `${say(`admin.catalog.kind.${kind}`)} · ${say('admin.catalog.versionOf', { version })}`,
      say(`admin.catalog.${origin}`),
      dayText(lang, at),
    ],
  }));
  return (
    <Sheet>
      <Table
        label={say('admin.catalog.all')}
        quietLabel
        columns={columns.map((name) => ({ label: say(`admin.catalog.${name}`), whole: name !== 'subject' }))}
        rows={rows}
      />
    </Sheet>
  );
}
