import type { Item } from '../../catalog/door.ts';
import { Field, FieldError } from '../components/field/field.tsx';
import { Section, Sheet } from '../components/layout/layout.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { ChoiceLine } from '../components/radios/radios.tsx';
import { TextArea } from '../components/textarea/textarea.tsx';
import { workdaysText } from '../format.ts';
import { type ConsentAsked, ConsentBox } from '../portal/consent-box.tsx';
import type { View } from '../view.ts';
import type { CounterProps } from './counter.tsx';
import { consentAsked, type Entry, papersToBring } from './counter-form.ts';

/** The papers on the table, and what is decided at once. */
export function Papers(props: CounterProps) {
  const { desk, entry, wrong, spot } = props;
  const { view } = desk;
  const { say, lang } = view;
  const papers = papersToBring(entry);
  const shared = entry.tasks.materials.filter(({ material }) => material.source === 'shared');
  return (
    <>
      <Section title={say('desk.counter.papers')} id="papers">
        <Sheet>
          {papers.length === 0 && <p>{say('desk.counter.noPapers')}</p>}
          {papers.map(({ material, required, items }) => (
            <>
              {wrong[`m_${material.id}`] && (
                <FieldError view={view} id={`m_${material.id}`} message={wrong[`m_${material.id}`] ?? ''} />
              )}
              <ChoiceLine
                type="checkbox"
                name="m"
                id={`m_${material.id}`}
                checked={entry.papers.includes(material.id)}
                option={{
                  value: material.id,
                  label: say(required ? 'desk.counter.paper' : 'desk.counter.paperOptional', {
                    name: material.name[lang],
                  }),
                  hint: say(isOriginal(entry, material.id, items) ? 'desk.counter.original' : 'desk.counter.copy'),
                }}
              />
            </>
          ))}
          {shared.length > 0 && (
            <Notice title={say('desk.counter.shared', { count: shared.length })}>
              <p>{shared.map(({ material }) => material.name[lang]).join(say('desk.case.and'))}</p>
            </Notice>
          )}
        </Sheet>
      </Section>
      <Consent
        view={view}
        asked={consentAsked(entry)}
        given={entry.typed.consent}
        missing={wrong.consent !== undefined}
      />
      <Limits desk={desk} entry={entry} />
      {spot && <Spot {...props} spot={spot} />}
    </>
  );
}

type ConsentProps = { view: View; asked: ConsentAsked | undefined; given: string | undefined; missing: boolean };

/** The person is asked, and the clerk notes that they agreed. */
export function Consent({ view, asked, given, missing }: ConsentProps) {
  if (!asked) return null;
  return (
    <Section title={view.say('desk.counter.consent')} id="consent-part">
      <Sheet>
        <p class="hint">{view.say('desk.counter.consentLead')}</p>
        <ConsentBox view={view} asked={asked} missing={missing} checked={given === asked.text} />
      </Sheet>
    </Section>
  );
}

function isOriginal({ tasks }: Entry, material: string, items: string[]): boolean {
  const asking = tasks.tasks.filter(({ item }) => items.includes(item.id));
  return asking.some(({ item }) => item.materials.some((each) => each.material === material && each.original));
}

/** What to tell the person now: who decides, how long it takes. */
function Limits({ desk, entry }: Pick<CounterProps, 'desk' | 'entry'>) {
  const { say, lang } = desk.view;
  const { tasks, promisedDays } = entry.tasks;
  if (tasks.length === 0) return null;
  const atOnce = promisedDays === 0;
  return (
    <Section title={say('desk.counter.told')} id="told">
      <p>
        {atOnce ? say('desk.counter.atOnce') : say('desk.counter.longest', { days: workdaysText(say, promisedDays) })}
      </p>
      <ul class="bullets">
        {tasks.map(({ item }) => (
          <li>{item.name[lang]}</li>
        ))}
      </ul>
    </Section>
  );
}

function Spot({ desk, entry, wrong, spot }: CounterProps & { spot: Item }) {
  const { view, house } = desk;
  const { say, lang } = view;
  return (
    <Section title={say('desk.spot.title')} id="spot">
      <Sheet>
        {spot.results.map(({ id, name, example }) => (
          <Field
            view={view}
            name={`r_${id}`}
            label={name[lang]}
            hint={example && say('desk.act.example', { example })}
            error={wrong[`r_${id}`]}
            value={entry.typed[`r_${id}`]}
          />
        ))}
        <TextArea
          view={view}
          name="reason"
          label={say('desk.act.reason')}
          error={wrong.reason}
          value={entry.typed.reason ?? house.texts.say('zh')('desk.act.usualReason')}
          rows={2}
        />
      </Sheet>
    </Section>
  );
}
