import type { AskedElement, Item } from '../../catalog/door.ts';
import { birthDateOf, sexOf, showDay } from '../../elements/door.ts';
import type { Text } from '../../platform/door.ts';
import { ActionBar } from '../components/action-bar/action-bar.tsx';
import { BackLink } from '../components/back-link/back-link.tsx';
import { Button } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { Field, type FieldProps } from '../components/field/field.tsx';
import { FieldRow, Heading, Section, Sheet, Split } from '../components/layout/layout.tsx';
import { Radios } from '../components/radios/radios.tsx';
import { Select } from '../components/select/select.tsx';
import { summaryOf, type Wrong } from '../forms.ts';
import { type Entry, ownOf } from './counter-form.ts';
import { Papers } from './counter-papers.tsx';
import type { Desk } from './desk.ts';
import { DeskPage } from './desk-page.tsx';
import { ElementField } from './element-field.tsx';
import { personElements } from './person-elements.ts';

export type CounterProps = {
  desk: Desk;
  name: string;
  entry: Entry;
  wrong: Wrong;
  /** What was typed was far too long, and is cut to so many characters. */
  cut?: number;
  /** Townships to choose from, when this counter serves more than one. */
  places: { value: string; label: string }[];
  /** The item, when it can be finished while the applicant waits. */
  spot: Item | undefined;
  /** The person is in the records already. */
  known: boolean;
};

/** Everything about one application on one screen: who, what, and the papers on the table. */
export function CounterPage(props: CounterProps) {
  const { desk, name, entry, wrong, cut, spot } = props;
  const { view } = desk;
  const { say } = view;
  const title = say('desk.counter.enter', { name });
  return (
    <DeskPage
      desk={desk}
      title={title}
      place="counter"
      back={<BackLink view={view} href="/desk/counter" />}
      wrong={Object.keys(wrong).length > 0}
    >
      <ErrorSummary view={view} errors={summaryOf(wrong, orderOf(entry, wrong))} cut={cut} />
      <Heading title={title} />
      <form method="post" noValidate class="entry">
        <Csrf view={view} />
        {['draft', 'commandId', 'actId'].map((hidden) => (
          <input type="hidden" name={hidden} value={entry.typed[hidden]} />
        ))}
        <Split side={<Papers {...props} />}>
          <Who {...props} />
          <Asked {...props} />
        </Split>
        <ActionBar label={say('desk.act.label')} note={say('desk.counter.barNote')}>
          {spot ? (
            <Button name="do" value="spot" icon="zap" shortcut="g">
              {say('desk.act.onTheSpot')}
            </Button>
          ) : (
            <Button name="do" value="accept" icon="check" shortcut="a">
              {say('desk.counter.enterAndAccept')}
            </Button>
          )}
          <Button name="do" value="enter" kind="secondary" shortcut="e">
            {say('desk.counter.onlyEnter')}
          </Button>
        </ActionBar>
      </form>
    </DeskPage>
  );
}

/** The order of the fields on the page, for the summary of what is wrong. */
function orderOf(entry: Entry, wrong: Wrong): string[] {
  const answers = entry.questions.flatMap(({ elements }) => elements.map(({ id }) => `a_${id}`));
  const known = [
    'p_idCard',
    'p_name',
    'p_phone',
    'p_address',
    ...entry.situationAsked.map(({ id }) => `s_${id}`),
    ...answers,
  ];
  return [...known, ...Object.keys(wrong).filter((field) => !known.includes(field))];
}

/** The questions that decide which items and papers are asked for. */
function Situations({ desk: { view }, entry, wrong }: CounterProps) {
  if (entry.situationAsked.length === 0) return null;
  return (
    <FieldRow>
      {entry.situationAsked.map(({ id, title, options }) => (
        <Radios
          view={view}
          name={`s_${id}`}
          label={title[view.lang]}
          options={options.map(({ value, label }) => ({ value, label: label[view.lang] }))}
          value={entry.situation[id]}
          error={wrong[`s_${id}`]}
          inline
        />
      ))}
    </FieldRow>
  );
}

/** The applicant, and the situation that decides what is asked. The first button of the form only looks again. */
function Who(props: CounterProps) {
  const { desk, entry, wrong, places, known } = props;
  const { view } = desk;
  const { say, lang } = view;
  const person = personElements(desk.house.texts);
  const field = (id: keyof typeof person, more: Partial<FieldProps> = {}) => (
    <Field
      view={view}
      name={`p_${id}`}
      label={person[id].name[lang]}
      value={entry.typed[`p_${id}`]}
      error={wrong[`p_${id}`]}
      {...more}
    />
  );
  return (
    <Section title={say('desk.counter.who')} id="who">
      <Sheet>
        <FieldRow>
          {field('idCard', {
            hint: cardText(desk, entry.person.idCard, known),
            autoFocus: Object.keys(wrong).length === 0,
          })}
          {field('name')}
          {field('phone', { inputMode: 'tel' })}
        </FieldRow>
        <FieldRow>
          {field('address', { optional: true })}
          {places.length > 1 && (
            <Select
              view={view}
              name="division"
              label={say('desk.counter.place')}
              options={places}
              value={entry.typed.division}
              choose={say('desk.counter.select')}
              error={wrong.division}
            />
          )}
        </FieldRow>
        <Situations {...props} />
        <p class="button-row">
          <Button name="do" value="update" kind="secondary" icon="refresh-cw" shortcut="u">
            {say('desk.counter.update')}
          </Button>
          <span class="hint">{say('desk.counter.updateNote')}</span>
        </p>
      </Sheet>
    </Section>
  );
}

/** What the card says by itself, so that nobody types it. */
function cardText({ view: { say, lang } }: Desk, idCard: string, known: boolean): string | undefined {
  const [sex, birth] = [sexOf(idCard), birthDateOf(idCard)];
  if (!sex || !birth) return undefined;
  return say(known ? 'desk.counter.cardKnown' : 'desk.counter.card', {
    sex: say(`desk.person.${sex}`),
    birth: showDay(birth, lang),
  });
}

/** All questions of this situation; what the applicant's own lines say is not asked again. */
function Asked({ desk, entry, wrong }: CounterProps) {
  const { view } = desk;
  const field = (element: AskedElement) => (
    <ElementField
      view={view}
      element={element}
      value={entry.typed[`a_${element.id}`]}
      error={wrong[`a_${element.id}`]}
    />
  );
  return (
    <Section title={view.say('desk.counter.asked')} id="asked">
      <Sheet>
        {entry.questions.length === 0 && <p>{view.say('desk.counter.nothingAsked')}</p>}
        {groupsOf(entry).map(({ title, elements }) =>
          title ? (
            <fieldset class="field entry-group">
              <legend class="label">{title[view.lang]}</legend>
              <FieldRow>{elements.map(field)}</FieldRow>
            </fieldset>
          ) : (
            <FieldRow>{elements.map(field)}</FieldRow>
          ),
        )}
      </Sheet>
    </Section>
  );
}

/** Fields that belong together keep their question as a heading; single ones that follow each other share a row. */
function groupsOf(entry: Entry): { title?: Text; elements: AskedElement[] }[] {
  const groups: { title?: Text; elements: AskedElement[] }[] = [];
  for (const { title, elements } of entry.questions) {
    const asked = elements.filter((element) => ownOf(element, entry.person) === undefined);
    const last = groups.at(-1);
    if (asked.length > 1) groups.push({ title, elements: asked });
    else if (last && !last.title) last.elements.push(...asked);
    else if (asked.length === 1) groups.push({ elements: asked });
  }
  return groups;
}
