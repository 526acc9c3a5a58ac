import type { CaseFile, Command, MissingThing } from '../../cases/door.ts';
import type { Elements } from '../../elements/door.ts';
import { type FieldProblem, Problem } from '../../platform/door.ts';
import { type Form, refuseTooLong } from '../forms.ts';
import type { DoneCode } from './desk-page.tsx';
import { longest } from './lengths.ts';

/** The acts of the buttons on a case page. */
export const acts = [
  'accept',
  'return',
  'not-accept',
  'on-the-spot',
  'claim',
  'release',
  'grant',
  'refuse',
  'issue',
] as const;
export type Act = (typeof acts)[number];

const doneAs: Record<Act, DoneCode> = {
  accept: 'accepted',
  return: 'returned',
  'not-accept': 'not-accepted',
  'on-the-spot': 'on-the-spot',
  claim: 'claimed',
  release: 'released',
  grant: 'granted',
  refuse: 'refused',
  issue: 'issued',
};
export const doneCode = (act: Act): DoneCode => doneAs[act];

export function actOf(form: Form): Act {
  const act = acts.find((one) => one === form.act);
  if (!act) throw new Problem('form-invalid');
  return act;
}

/** Acts on one branch carry no seen version: other branches move on all the time, and its holder alone decides it. */
export const onBranch = (act: Act): boolean => ['claim', 'release', 'grant', 'refuse', 'issue'].includes(act);

/** The command a form asks for. Throws `form-invalid` with what is too long or only half there. */
export function commandOf(act: Act, form: Form, rows: ReturnRow[]): Command {
  const item = form.item ?? '';
  refuseTooLong(longest, form);
  const { reason = '' } = form;
  switch (act) {
    case 'accept':
      return { type: 'accept' };
    case 'return':
      return { type: 'return', missing: missingOf(form, rows) };
    case 'not-accept':
      return { type: 'not-accept', reason };
    case 'on-the-spot':
      return { type: 'decide-on-the-spot', reason, results: resultsOf(form) };
    case 'claim':
      return { type: 'claim', item };
    case 'release':
      return { type: 'release', item, ...(form.from && { from: form.from }) };
    case 'grant':
      return { type: 'decide', item, outcome: 'granted', reason, results: resultsOf(form) };
    case 'refuse':
      return { type: 'decide', item, outcome: 'refused', reason, results: {} };
    case 'issue':
      return { type: 'issue', item, results: resultsOf(form) };
    default:
      return unknown(act);
  }
}

/** Results are typed into fields named `r_` and the result's id. */
function resultsOf(form: Form): Record<string, string> {
  const fields = Object.entries(form).filter(([name]) => name.startsWith('r_'));
  return Object.fromEntries(fields.map(([name, value]) => [name.slice(2), value]));
}

/** One thing a clerk may tick as missing: a material, or a question to answer again. */
export type ReturnRow = { id: string; kind: 'material' | 'question' | 'free'; what: string };
/** Rows for what no material and no question says. */
const freeRows = ['free-1', 'free-2', 'free-3'];

/** What can be ticked: the materials in hand and the questions answered, then rows in the clerk's own words. */
export function returnRows(file: CaseFile, elements: Elements, papers: { id: string; name: string }[]): ReturnRow[] {
  const answered = elements.questions.filter((question) =>
    question.elements.some(({ id }) => file.answers[id] !== undefined),
  );
  return [
    ...papers.map(({ id, name }): ReturnRow => ({ id: `m-${id}`, kind: 'material', what: name })),
    ...answered.map(({ id, elements: parts }): ReturnRow => {
      // The applicant reads the list in Chinese.
      const names = parts.filter((part) => file.answers[part.id] !== undefined).map(({ name }) => name.zh);
      return { id: `q-${id}`, kind: 'question', what: names.join('、') };
    }),
    ...freeRows.map((id): ReturnRow => ({ id, kind: 'free', what: '' })),
  ];
}

/** The list a clerk made. A thing without its why, or a why without its thing, is pointed out at its field. */
function missingOf(form: Form, rows: ReturnRow[]): MissingThing[] {
  const problems: FieldProblem[] = [];
  const missing = rows.flatMap(({ id, kind, what }): MissingThing[] => {
    const thing = kind === 'free' ? (form[`what-${id}`] ?? '').trim() : form[`miss-${id}`] ? what : '';
    const why = (form[`why-${id}`] ?? '').trim();
    if (thing === '' && (kind !== 'free' || why === '')) return [];
    if (thing === '') problems.push({ field: `what-${id}`, code: 'what', params: { what: thing } });
    if (why === '') problems.push({ field: `why-${id}`, code: 'why', params: { what: thing } });
    return [{ what: thing, why }];
  });
  if (problems.length > 0) throw new Problem('form-invalid', {}, problems);
  return missing;
}

function unknown(act: never): never {
  throw new Error(`unknown act ${act}`);
}
