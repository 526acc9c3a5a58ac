import { type CaseRow, spokenNumber } from '../../cases/door.ts';
import type { Verdict } from '../../rights/door.ts';
import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { Columns, Heading, Section } from '../components/layout/layout.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { TaskList } from '../components/task-list/task-list.tsx';
import { dayText } from '../format.ts';
import type { View } from '../view.ts';
import { RightsFrame } from './rights-frame.tsx';

export type Erasable = { number: string; name?: CaseRow['subjectName']; verdict: Verdict };
type EraseProps = { view: View; drafts: number; cases: Erasable[]; done: string | undefined };

/** What may be deleted now; of all else the reason, and the way to have a person look again. */
export function ErasePage({ view, drafts, cases, done }: EraseProps) {
  const { say, lang } = view;
  const title = say('rights.erase.title');
  return (
    <RightsFrame view={view} title={title}>
      <Columns>
        {(done === 'drafts' || done === 'case') && <Notice kind="good" live title={say(`rights.erase.done.${done}`)} />}
        <Heading title={title} lead={say('rights.erase.lead')} />
        <Section id="drafts" title={say('rights.erase.drafts')}>
          <p>{say(drafts === 0 ? 'rights.erase.noDrafts' : 'rights.erase.draftsNow', { count: drafts })}</p>
          {drafts > 0 && (
            <form method="post" action="/account/data/delete">
              <Csrf view={view} />
              <ButtonRow>
                <Button kind="warning" icon="trash-2">
                  {say('rights.erase.draftsButton')}
                </Button>
              </ButtonRow>
            </form>
          )}
        </Section>
        <Section id="cases" title={say('rights.erase.cases')}>
          {cases.length === 0 && <p>{say('rights.erase.noCases')}</p>}
          <TaskList
            label={say('rights.erase.cases')}
            tasks={cases.map(({ number, name, verdict }) => ({
              title: name?.[lang] ?? spokenNumber(number),
              note: `${spokenNumber(number)}\n${reasonOf(view, verdict)}`,
              state: verdict.may === 'now' && <EraseCase view={view} number={number} />,
            }))}
          />
        </Section>
        <Section id="ask" title={say('rights.erase.askTitle')}>
          <p>{say('rights.erase.ask')}</p>
          <ButtonRow>
            <Button kind="secondary" href="/account/data/ask/delete">
              {say('rights.erase.askButton')}
            </Button>
          </ButtonRow>
        </Section>
      </Columns>
    </RightsFrame>
  );
}

function EraseCase({ view, number }: { view: View; number: string }) {
  return (
    <form method="post" action={`/account/data/delete/${number}`}>
      <Csrf view={view} />
      <Button kind="warning" label={`${view.say('rights.erase.button')} ${spokenNumber(number)}`}>
        {view.say('rights.erase.button')}
      </Button>
    </form>
  );
}

/** Why it may be deleted, or by which law it may not. */
export function reasonOf({ say, lang }: View, verdict: Verdict): string {
  if (verdict.may === 'now') return say('rights.erase.verdict.now');
  if (verdict.may === 'gone') return say('rights.erase.verdict.gone', { day: dayText(lang, verdict.at) });
  if (verdict.because !== 'kept') return say(`rights.erase.verdict.${verdict.because}`);
  const { until, source, article } = verdict;
  return say('rights.erase.verdict.kept', { day: dayText(lang, until), source, article });
}
