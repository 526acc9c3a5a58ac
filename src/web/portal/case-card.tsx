import type { CaseRow } from '../../cases/door.ts';
import { type Stand, standOf } from '../case-stand.ts';
import { LinkCard } from '../components/link-card/link-card.tsx';
import { Tag, type Tone } from '../components/tag/tag.tsx';
import { dayText, shortDayText } from '../format.ts';
import type { View } from '../view.ts';
import type { NamedDraft } from './under-way.ts';

const tones: Record<Stand, { tone: Tone; icon?: string }> = {
  submitted: { tone: 'working' },
  returned: { tone: 'warn' },
  accepted: { tone: 'working' },
  'not-accepted': { tone: 'bad' },
  withdrawn: { tone: 'plain', icon: 'undo-2' },
  closed: { tone: 'plain' },
  granted: { tone: 'good' },
  'partly-granted': { tone: 'warn', icon: 'circle-alert' },
  refused: { tone: 'bad' },
};

/** How a case stands, in one word. */
export function CaseTag({ view, of }: { view: View; of: Pick<CaseRow, 'status'> & { outcome?: string | null } }) {
  const stand = standOf(of);
  return <Tag {...tones[stand]}>{view.say(`portal.status.${stand}`)}</Tag>;
}

/** One case among mine. */
export function CaseCard({ view, row }: { view: View; row: CaseRow }) {
  const { say, lang, placeName } = view;
  const submitted = { day: dayText(lang, row.submittedAt), place: placeName(row.divisionName) };
  return (
    <LinkCard
      href={`/cases/${row.number}`}
      icon="folder-open"
      title={row.subjectName[lang]}
      note={say('portal.cases.submittedOn', submitted)}
      meta={<CaseTag view={view} of={row} />}
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
      note={say('portal.cases.savedOn', { day: shortDayText(view, named.draft.updatedAt) })}
      meta={<Tag tone="warn">{say('portal.status.draft')}</Tag>}
    />
  );
}
