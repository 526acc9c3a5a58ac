import { check, daysBetween, normalise } from '../../elements/door.ts';
import type { FieldProblem } from '../../platform/door.ts';
import type { Form } from '../forms.ts';

/** Days a reader chooses freely, both counted in. Pure. */
export type Dates = { from: string; to: string };

/** At most three years at once: figures are counted anew for every look. */
export const longestSpan = 3 * 366;

/**
 * The days an address asks for, in any way of writing a day; nothing when it asks for none. What is wrong is said beside
 * its field, and what was typed stays. What the fields are called is the page's to say.
 */
export function datesOf(query: Form, today: string): { typed: Dates; dates?: Dates; problems: FieldProblem[] } {
  const read = (name: keyof Dates) => normalise({ type: 'date' }, (query[name] ?? '').slice(0, 40));
  const typed = { from: read('from'), to: read('to') };
  if (typed.from === '' && typed.to === '') return { typed, problems: [] };
  const problems = (['from', 'to'] as const).flatMap((name): FieldProblem[] => {
    if (typed[name] === '') return [{ field: name, code: `watch-${name}-missing` }];
    const problem = check({ ...asDay, id: name }, typed[name], { today });
    return problem ? [problem] : [];
  });
  if (problems.length > 0) return { typed, problems };
  const days = daysBetween(typed.from, typed.to) ?? 0;
  if (days < 0) return { typed, problems: [{ field: 'to', code: 'watch-to-before-from' }] };
  if (days >= longestSpan) return { typed, problems: [{ field: 'from', code: 'watch-too-long' }] };
  return { typed, dates: typed, problems: [] };
}

const asDay = {
  name: { zh: '', en: '' },
  type: 'date',
  when: 'past-or-today',
  sensitivity: 1,
  source: 'applicant',
} as const;
