import { Checkbox } from '../components/checkboxes/checkboxes.tsx';
import { Field } from '../components/field/field.tsx';
import { FieldRow, Section } from '../components/layout/layout.tsx';
import { Notice } from '../components/notice/notice.tsx';
import { ActForm, wrongIn } from './act-form.tsx';
import type { CaseData } from './case-data.ts';
import type { ReturnRow } from './commands.ts';

/** The complete list of what is missing, in one go: a case is returned only once. */
export function ReturnForm({ data }: { data: CaseData }) {
  const { say } = data.desk.view;
  const of = (kind: ReturnRow['kind']) => data.rows.filter((row) => row.kind === kind);
  const groups = (['material', 'question'] as const).filter((kind) => of(kind).length > 0);
  return (
    <ActForm data={data} act="return">
      <Section title={say('desk.return.title')} id="act">
        <Notice kind="warn" title={say('desk.return.once')}>
          <p>{say('desk.return.onceWhy')}</p>
        </Notice>
        {groups.map((kind) => (
          <fieldset class="field">
            <legend class="label">{say(`desk.return.${kind}`)}</legend>
            {of(kind).map((row) => (
              <Tick data={data} row={row} />
            ))}
          </fieldset>
        ))}
        <fieldset class="field">
          <legend class="label">{say('desk.return.free')}</legend>
          {of('free').map((row, at) => (
            <FreeRow data={data} row={row} at={at + 1} />
          ))}
        </fieldset>
      </Section>
    </ActForm>
  );
}

/** One thing to tick, and why it is missing. */
function Tick({ data, row }: { data: CaseData; row: ReturnRow }) {
  const { desk, typed } = data;
  const { id, what } = row;
  return (
    <div class="return-row">
      <Checkbox
        name={`miss-${id}`}
        option={{ value: 'yes', label: what }}
        checked={typed[`miss-${id}`] !== undefined}
      />
      <Field
        view={desk.view}
        name={`why-${id}`}
        label={desk.view.say('desk.return.whyFor', { what })}
        error={wrongIn(data, 'return')[`why-${id}`]}
        value={typed[`why-${id}`]}
      />
    </div>
  );
}

/** A row in the clerk's own words. */
function FreeRow({ data, row, at }: { data: CaseData; row: ReturnRow; at: number }) {
  const { view } = data.desk;
  const wrong = wrongIn(data, 'return');
  const field = (name: 'what' | 'why') => (
    <Field
      view={view}
      name={`${name}-${row.id}`}
      label={view.say(`desk.return.${name}`, { at })}
      error={wrong[`${name}-${row.id}`]}
      value={data.typed[`${name}-${row.id}`]}
    />
  );
  return (
    <FieldRow>
      {field('what')}
      {field('why')}
    </FieldRow>
  );
}
