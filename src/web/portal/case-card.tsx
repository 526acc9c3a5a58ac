import type { CaseRow, CaseStatus } from '../../cases/door.ts';
import { LinkCard } from '../components/link-card/link-card.tsx';
import { Tag, type Tone } from '../components/tag/tag.tsx';
import { dayText, shortDayText } from '../format.ts';
import type { View } from '../view.ts';
import type { NamedDraft } from './under-way.ts';

const tones: Record<CaseStatus, Tone> = {
  submitted: 'working',
  returned: 'warn',
  accepted: 'working',
  'not-accepted': 'bad',
  withdrawn: 'plain',
  closed: 'good',
};

/** How a case stands, in one word. */
export function CaseTag({ view, status }: { view: View; status: CaseStatus }) {
  return <Tag tone={tones[status]}>{view.say(`portal.status.${status}`)}</Tag>;
}

/** One case among mine. */
export function CaseCard({ view, row }: { view: View; row: CaseRow }) {
  const { say, lang } = view;
  return (
    <LinkCard
      href={`/cases/${row.number}`}
      icon="folder-open"
      title={row.subjectName[lang]}
      note={say('portal.cases.submittedOn', { day: dayText(lang, row.submittedAt), place: row.divisionName })}
      meta={<CaseTag view={view} status={row.status} />}
    />
  );
}

/** One unfinished form. */
export function DraftCard({ view, named }: { view: View; named: NamedDraft }) {
  const { say, lang } = view;
  return (
    <LinkCard
      href={`/apply/${named.draft.id}`}
      icon="pencil-line"
      title={named.name[lang]}
      note={say('portal.cases.savedOn', { day: shortDayText(lang, named.draft.updatedAt) })}
      meta={<Tag tone="warn">{say('portal.status.draft')}</Tag>}
    />
  );
}
