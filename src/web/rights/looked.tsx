import { spokenNumber } from '../../cases/door.ts';
import type { Agencies } from '../../identity/door.ts';
import type { Look } from '../../ledger/door.ts';
import { EmptyState } from '../components/empty-state/empty-state.tsx';
import { Columns, Heading } from '../components/layout/layout.tsx';
import { Pagination } from '../components/pagination/pagination.tsx';
import { TaskList } from '../components/task-list/task-list.tsx';
import { Why } from '../components/why/why.tsx';
import { dayText, minuteText } from '../format.ts';
import type { View } from '../view.ts';
import { RightsFrame } from './rights-frame.tsx';

const whats = ['case.read', 'case.print', 'case.read-in-full', 'case.read-by-api', 'file.read', 'person.find'];
const whys = [
  'work',
  'counter',
  'break-glass',
  'told',
  'check',
  'contact',
  'question',
  'supervision',
  'mistake',
  'other',
];
export const looksOnPage = 20;

type LookedProps = { view: View; looks: Look[]; page: number; more: boolean; agencies: Agencies };

/** Who looked at my data: when, for which office, in which role, why, about which case. The latest first. */
export function LookedPage({ view, looks, page, more, agencies }: LookedProps) {
  const { say } = view;
  const title = say('rights.looked.title');
  const from = (page - 1) * looksOnPage;
  return (
    <RightsFrame view={view} title={title}>
      <Columns
        aside={
          <Why view={view} title={say('rights.looked.aboutTitle')}>
            <p>{say('rights.looked.about')}</p>
          </Why>
        }
      >
        <Heading title={title} lead={say('rights.looked.lead')} />
        {looks.length === 0 ? (
          <EmptyState icon="eye-off" title={say('rights.looked.none')} note={say('rights.looked.noneNote')} />
        ) : (
          <TaskList label={title} tasks={looks.map((look) => ({ icon: 'eye', ...wordsOf(view, look, agencies) }))} />
        )}
        <Pagination
          view={view}
          {...(looks.length > 0 && { from: from + 1, to: from + looks.length })}
          previous={page > 1 ? `/account/looked?page=${page - 1}` : undefined}
          next={more ? `/account/looked?page=${page + 1}` : undefined}
        />
      </Columns>
    </RightsFrame>
  );
}

/** A look in words. A case it was about is led to, unless it is somebody else's. */
export function wordsOf(view: View, look: Look, agencies: Agencies): { title: string; note: string; href?: string } {
  const { say, lang } = view;
  const what = whats.includes(look.what) ? look.what.replace('.', '-') : 'other';
  const office = (look.agency && agencies.get(look.agency)?.name[lang]) || say('rights.looked.office');
  const roles = look.roles.map((role) => say(`admin.role.${role}`));
  const number = look.about && /^\d{12}[\dA-Z]+$/.test(look.about) ? look.about : undefined;
  const note = [
    `${dayText(lang, look.at)} ${minuteText(lang, look.at)}`,
    roles.join(say('desk.case.and')),
    look.named && look.why === 'work' ? say('rights.looked.why.work-of-others') : whyOf(view, look.why),
  ].filter(Boolean);
  const about =
    number && say(look.named ? 'rights.looked.caseOfOthers' : 'rights.looked.case', { number: spokenNumber(number) });
  return {
    title: say(`rights.looked.${look.named ? 'named' : 'what'}.${what}`, { office }),
    note: [note.join(' · '), about].filter(Boolean).join('\n'),
    href: look.named || !number ? undefined : `/cases/${number}`,
  };
}

function whyOf({ say }: View, why: string | undefined): string {
  return say(`rights.looked.why.${why !== undefined && whys.includes(why) ? why : 'masked'}`);
}
