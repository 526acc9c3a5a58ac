import { calledOf } from '../forms.ts';
import type { CaseData } from './case-data.ts';

/** What a field of the forms beside a case is called, for where it is told of away from its place. */
export function fieldName({ desk: { view }, file, rows }: CaseData, field: string): string {
  const results = file.plan.branches.flatMap((branch) => branch.results);
  const result = results.find(({ id }) => field === `r_${id}`);
  if (result) return result.name[view.lang];
  const row = rows.find(({ id }) => field === `what-${id}` || field === `why-${id}`);
  if (row?.what) return view.say('desk.return.whyFor', { what: row.what });
  if (row) return view.say(`desk.return.${field.startsWith('what') ? 'what' : 'why'}`, { at: row.id.slice(-1) });
  return calledOf(view, field) ?? field;
}
