import type { ComponentChildren } from 'preact';
import type { ResultSpec } from '../../catalog/door.ts';
import type { FieldProblem } from '../../platform/door.ts';
import { Csrf } from '../components/csrf/csrf.tsx';
import { Field } from '../components/field/field.tsx';
import { TextArea } from '../components/textarea/textarea.tsx';
import { named, type Wrong } from '../forms.ts';
import type { CaseData } from './case-data.ts';
import { type Act, onBranch } from './commands.ts';
import { fieldName } from './field-name.ts';

type ActFormProps = {
  data: CaseData;
  act: Act;
  /** The branch it is about, when that is not the one the page is about. */
  item?: string;
  children?: ComponentChildren;
};

/** The form of one act; its buttons may stand elsewhere and name it by id, which is the act. */
export function ActForm({ data, act, item, children }: ActFormProps) {
  const { desk, file, focus } = data;
  return (
    <form id={item ? `${act}-${item}` : act} method="post" action={`/desk/cases/${file.plan.number}`} class="act-form">
      <Csrf view={desk.view} />
      <input type="hidden" name="act" value={act} />
      <input type="hidden" name="commandId" value={desk.house.ids.id(file.plan.region)} />
      {onBranch(act) ? (
        <input type="hidden" name="item" value={item ?? focus} />
      ) : (
        <input type="hidden" name="seenVersion" value={file.state.version} />
      )}
      {children}
    </form>
  );
}

/** What was wrong with the form of an act, by field; empty for the other forms of the page. */
export function wrongIn(data: CaseData, act: Act): Wrong {
  const { typed, problem, desk } = data;
  if (!problem || typed.act !== act) return {};
  if (problem.code === 'reason-required') return { reason: desk.view.say('desk.act.reasonRequired') };
  return Object.fromEntries(problem.fields.map((field) => messageOf(data, field)));
}

function messageOf(data: CaseData, { field, code, params }: FieldProblem): [string, string] {
  const { say } = data.desk.view;
  if (code === 'too-long') return [field, say('field.too-long', { ...named(fieldName(data, field)), ...params })];
  if (code !== 'result') return [field, say(`desk.return.${code}Missing`, params)];
  const example = params?.example ?? '';
  const told = { name: fieldName(data, `r_${field}`), example };
  return [`r_${field}`, say(example ? 'desk.act.resultWrong' : 'desk.act.resultMissing', told)];
}

type ReasonProps = { data: CaseData; act: Act; label: string; hint?: string; usual?: boolean };

/** Why it is decided so. The usual words of a grant stand there already, to be changed where they do not fit. */
export function Reason({ data, act, label, hint, usual }: ReasonProps) {
  // Applicants read it in Chinese, whatever language the desk is in.
  const words = usual ? data.desk.house.texts.say('zh')('desk.act.usualReason') : '';
  return (
    <TextArea
      view={data.desk.view}
      name="reason"
      id={`reason-${act}`}
      label={label}
      hint={hint}
      error={wrongIn(data, act).reason}
      value={data.typed.act === act ? data.typed.reason : words}
      rows={3}
    />
  );
}

/** What an item hands on: one field each, with an example of its form. */
export function ResultFields({ data, act, results }: { data: CaseData; act: Act; results: ResultSpec[] }) {
  const { view } = data.desk;
  const wrong = wrongIn(data, act);
  return (
    <>
      {results.map(({ id, name, example }) => (
        <Field
          view={view}
          name={`r_${id}`}
          label={name[view.lang]}
          hint={example && view.say('desk.act.example', { example })}
          error={wrong[`r_${id}`]}
          value={data.typed.act === act ? data.typed[`r_${id}`] : undefined}
        />
      ))}
    </>
  );
}
