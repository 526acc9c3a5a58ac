import { Button } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { Section } from '../components/layout/layout.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { Radios } from '../components/radios/radios.tsx';
import { TextArea } from '../components/textarea/textarea.tsx';
import { type Wrong, wrongOf } from '../forms.ts';
import type { CaseData } from './case-data.ts';
import { openFor, reasonCodes } from './reading.ts';

/** Whether this reader is just saying why they want to see everything; nothing else is to be pressed meanwhile. */
export const revealing = ({ open, sight, told }: CaseData): boolean => open === 'reveal' && sight.masked && !told;

/** That something is masked, and the way to see it: a reason, which is kept. */
export function Reveal({ data }: { data: CaseData }) {
  const { desk, file, sight, focus } = data;
  const { say } = desk.view;
  if (data.told)
    return (
      <Notice kind="warn" live title={say('desk.reveal.shown')}>
        <p>{say('desk.reveal.shownNote', { minutes: openFor })}</p>
      </Notice>
    );
  if (!sight.masked) return null;
  if (revealing(data)) return <RevealForm data={data} />;
  const item = focus ? `&item=${encodeURIComponent(focus)}` : '';
  return (
    <Notice title={say('desk.reveal.title')}>
      <p>
        <a href={`/desk/cases/${file.plan.number}?do=reveal${item}#reveal`}>{say('desk.reveal.open')}</a>
      </p>
    </Notice>
  );
}

function RevealForm({ data }: { data: CaseData }) {
  const { desk, file, typed, focus } = data;
  const { view } = desk;
  const { say } = view;
  const wrong = revealWrong(data);
  const here = `/desk/cases/${file.plan.number}`;
  const item = focus ? `?item=${encodeURIComponent(focus)}` : '';
  return (
    <Section title={say('desk.reveal.open')} id="reveal">
      <form method="post" action={`${here}/full${item}`} class="act-form">
        <Csrf view={view} />
        <p class="hint">{say('desk.reveal.lead')}</p>
        <Radios
          view={view}
          name="why"
          label={say('desk.reveal.why')}
          error={wrong.why}
          value={typed.why}
          options={reasonCodes.map((code) => ({ value: code, label: say(`desk.reveal.reason.${code}`) }))}
        />
        <TextArea
          view={view}
          name="words"
          label={say('desk.reveal.words')}
          hint={say('desk.reveal.wordsHint')}
          error={wrong.words}
          value={typed.words}
          rows={2}
          optional
        />
        <p class="button-row">
          <Button icon="eye">{say('desk.reveal.button')}</Button>
          <Button href={`${here}${item}`} kind="secondary">
            {say('desk.reveal.cancel')}
          </Button>
        </p>
      </form>
    </Section>
  );
}

/** What was wrong with the form, by field. */
export function revealWrong({ desk, typed, problem }: CaseData): Wrong {
  return problem && typed.act === 'reveal' ? wrongOf(desk.view, problem.fields) : {};
}
