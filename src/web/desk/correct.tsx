import { spokenNumber } from '../../cases/door.ts';
import { normalise } from '../../elements/door.ts';
import { ActionBar } from '../components/action-bar/action-bar.tsx';
import { BackLink } from '../components/back-link/back-link.tsx';
import { Button } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { FieldError } from '../components/field/field.tsx';
import { FieldRow, Heading, Section, Sheet, Split } from '../components/layout/layout.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { ChoiceLine } from '../components/radios/radios.tsx';
import { summaryOf } from '../forms.ts';
import { applicantName } from './application.tsx';
import type { Correcting } from './correct-data.ts';
import { Consent } from './counter-papers.tsx';
import { DeskPage } from './desk-page.tsx';
import { ElementField } from './element-field.tsx';

/** A returned case at the counter: what is missing, the papers on the table, and the answers to put right. */
export function CorrectPage(props: Correcting) {
  const { data, questions, wrong, cut, ids } = props;
  const { desk, file } = data;
  const { say, lang } = desk.view;
  const { number, subject } = file.plan;
  const title = say('desk.correct.title', { subject: subject.name[lang] });
  const order = questions.flatMap(({ elements }) => elements.map(({ id }) => `a_${id}`));
  const errors = summaryOf(wrong, [...order, ...Object.keys(wrong).filter((field) => !order.includes(field))]);
  return (
    <DeskPage
      desk={desk}
      title={title}
      back={<BackLink view={desk.view} href={`/desk/cases/${number}`} />}
      wrong={errors.length > 0}
    >
      <ErrorSummary view={desk.view} errors={errors} cut={cut} />
      <Heading
        about={spokenNumber(number)}
        title={title}
        lead={say('desk.correct.lead', { name: applicantName(data) })}
      />
      <Missing {...props} />
      <form method="post" noValidate class="entry">
        <Csrf view={desk.view} />
        {Object.entries(ids).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <Split
          side={
            <>
              <Papers {...props} />
              <Consent
                view={desk.view}
                asked={props.asked}
                given={props.consented}
                missing={wrong.consent !== undefined}
              />
            </>
          }
        >
          <Answered {...props} />
        </Split>
        <ActionBar label={say('desk.act.label')} note={say('desk.counter.barNote')}>
          <Button name="do" value="accept" icon="check" shortcut="a">
            {say('desk.correct.andAccept')}
          </Button>
          <Button name="do" value="enter" kind="secondary" shortcut="e">
            {say('desk.correct.only')}
          </Button>
        </ActionBar>
      </form>
    </DeskPage>
  );
}

/** The list the applicant was given. */
function Missing({ data: { desk, file } }: Correcting) {
  const { say } = desk.view;
  const missing = file.state.missing ?? [];
  return (
    <Notice kind="warn" title={say('desk.correct.missing', { count: missing.length })}>
      <ul class="bullets">
        {missing.map(({ what, why }) => (
          <li>{say('desk.case.whatWhy', { what, why })}</li>
        ))}
      </ul>
    </Notice>
  );
}

/** What was brought now; what was handed in before stays where nothing new comes. */
function Papers({ data: { desk, file }, uploads, papers, sent, wrong }: Correcting) {
  const { view } = desk;
  const before = new Set(file.materials.map(({ material }) => material));
  const hintOf = (id: string) => {
    if (sent.includes(id)) return view.say('desk.correct.since');
    return before.has(id) ? view.say('desk.correct.before') : undefined;
  };
  return (
    <Section title={view.say('desk.correct.papers')} id="papers">
      <Sheet>
        {uploads.map(({ id, name }) => (
          <>
            {wrong[`m_${id}`] && <FieldError view={view} id={`m_${id}`} message={wrong[`m_${id}`] ?? ''} />}
            <ChoiceLine
              type="checkbox"
              name="m"
              id={`m_${id}`}
              checked={papers.includes(id)}
              option={{
                value: id,
                label: name[view.lang],
                hint: hintOf(id),
              }}
            />
          </>
        ))}
      </Sheet>
    </Section>
  );
}

/** Every answer in its field, grouped as it was asked. */
function Answered({ data: { desk }, questions, answers, wrong }: Correcting) {
  const { view } = desk;
  return (
    <Section title={view.say('desk.correct.answers')} id="asked">
      <Sheet>
        {questions.length === 0 && <p>{view.say('desk.counter.nothingAsked')}</p>}
        {questions.map(({ title, elements }) => {
          const fields = elements.map((element) => (
            <ElementField
              view={view}
              element={element}
              value={normalise(element, answers[element.id] ?? '')}
              error={wrong[`a_${element.id}`]}
            />
          ));
          if (elements.length === 1) return <FieldRow>{fields}</FieldRow>;
          return (
            <fieldset class="field entry-group">
              <legend class="label">{title[view.lang]}</legend>
              <FieldRow>{fields}</FieldRow>
            </fieldset>
          );
        })}
      </Sheet>
    </Section>
  );
}
