import type { TrailRow } from '../../ledger/door.ts';
import type { Texts } from '../../platform/door.ts';
import { Button } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { EmptyState } from '../components/empty-state/empty-state.tsx';
import { ErrorSummary } from '../components/error-summary/error-summary.tsx';
import { Field } from '../components/field/field.tsx';
import { FieldRow, Heading, Sheet } from '../components/layout/layout.tsx';
import { Select } from '../components/select/select.tsx';
import { Table } from '../components/table/table.tsx';
import { Tag } from '../components/tag/tag.tsx';
import { numberText } from '../format.ts';
import { type Form, summaryOf, type Wrong } from '../forms.ts';
import type { View } from '../view.ts';
import { AdminPage } from './admin-page.tsx';
import { trailCodes } from './trail-codes.ts';
import { cursorText, outcomes, rowsOfFile, trailKinds } from './trail-form.ts';
import { deviceText, type Names, readMoment, reasonText, whatText, whoText } from './trail-words.ts';

type Props = {
  view: View;
  texts: Texts;
  names: Names;
  typed: Form;
  wrong: Wrong;
  rows: TrailRow[];
  /** Older ones follow. */
  more: boolean;
};
const fields = ['who', 'about', 'kind', 'what', 'outcome', 'from', 'to'];

/** The trail, as the audit administrator searches it. */
export function TrailPage(props: Props) {
  const { view, typed, wrong, rows, more } = props;
  const { say } = view;
  const last = rows.at(-1);
  return (
    <AdminPage view={view} title={say('admin.trail.title')} place="trail" wrong={Object.keys(wrong).length > 0}>
      {Object.keys(wrong).length > 0 && <ErrorSummary view={view} errors={summaryOf(wrong)} />}
      <Heading title={say('admin.trail.title')} lead={say('admin.trail.lead')} />
      <Search {...props} />
      <div class="section">
        {rows.length > 0 ? (
          <Rows {...props} />
        ) : (
          <EmptyState icon="footprints" title={say('admin.trail.none')} note={say('admin.trail.noneNote')} />
        )}
      </div>
      {rows.length > 0 && (
        <p class="button-row">
          {more && last && (
            <Again view={view} typed={typed} action="/admin/trail" before={cursorText(last)}>
              <Button kind="secondary">{say('admin.trail.older')}</Button>
            </Again>
          )}
          <Again view={view} typed={typed} action="/admin/trail/csv">
            <Button kind="secondary" icon="download">
              {say('admin.trail.export', { count: numberText(view.lang, rowsOfFile) })}
            </Button>
          </Again>
        </p>
      )}
    </AdminPage>
  );
}

function Search({ view, texts, typed, wrong }: Props) {
  const { say } = view;
  const codes = trailCodes.map((value) => ({ value, label: whatText(texts, say, value) }));
  const field = (name: string) => ({ view, name, label: say(`admin.trail.field.${name}`), value: typed[name] });
  const choice = (name: string, values: string[]) => ({
    ...field(name),
    choose: say('admin.trail.any'),
    options: values.map((value) => ({ value, label: say(`admin.trail.${name}.${value}`) })),
  });
  return (
    <form method="post" action="/admin/trail">
      <Csrf view={view} />
      <FieldRow>
        <Field {...field('who')} hint={say('admin.trail.hint.who')} maxLength={60} />
        <Field {...field('about')} hint={say('admin.trail.hint.about')} maxLength={60} />
        <Field {...field('from')} hint={say('admin.trail.hint.day')} error={wrong.from} maxLength={10} />
        <Field {...field('to')} hint={say('admin.trail.hint.day')} error={wrong.to} maxLength={10} />
      </FieldRow>
      <FieldRow>
        <Select {...field('what')} choose={say('admin.trail.any')} options={codes} />
        <Select {...choice('kind', trailKinds)} />
        <Select {...choice('outcome', outcomes)} />
      </FieldRow>
      <p class="button-row">
        <Button icon="search">{say('admin.trail.button')}</Button>
      </p>
    </form>
  );
}

type AgainProps = { view: View; typed: Form; action: string; before?: string; children: preact.ComponentChildren };

/** The same question once more: for the next page, and for the file. */
function Again({ view, typed, action, before, children }: AgainProps) {
  return (
    <form method="post" action={action}>
      <Csrf view={view} />
      {fields.map((name) => typed[name] && <input type="hidden" name={name} value={typed[name]} />)}
      {before && <input type="hidden" name="before" value={before} />}
      {children}
    </form>
  );
}

/** Short, and read as one. */
const whole = new Set(['at', 'outcome', 'network']);
const tones = { done: 'plain', refused: 'warn', failed: 'bad' } as const;

function Rows({ view, texts, names, rows }: Props) {
  const { say, lang } = view;
  const columns = ['at', 'who', 'what', 'about', 'reason', 'outcome', 'network'];
  return (
    <Sheet>
      <Table
        label={say('admin.trail.title')}
        quietLabel
        columns={columns.map((name) => ({ label: say(`admin.trail.column.${name}`), whole: whole.has(name) }))}
        rows={rows.map((row) => ({
          cells: [
            readMoment(lang, row.at),
            <>
              {whoText(say, names, row)}
              {row.detail?.agency && <p class="hint">{names.agency(String(row.detail.agency))}</p>}
            </>,
            whatText(texts, say, row.what),
            <span class="code">{row.about ?? row.whose}</span>,
            reasonText(texts, say, row.reason),
            <Tag tone={tones[row.outcome]}>{say(`admin.trail.outcome.${row.outcome}`)}</Tag>,
            <>
              {row.network}
              {row.detail?.device && <p class="hint">{deviceText(say, row)}</p>}
            </>,
          ],
        }))}
      />
    </Sheet>
  );
}
