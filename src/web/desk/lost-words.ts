import type { CaseData } from './case-data.ts';
import { fieldName } from './field-name.ts';

/**
 * What somebody had typed into a form that is not on the page any more, each with what it was for: the case has moved on,
 * and nobody has to remember what they wrote.
 */
export function lostWords(data: CaseData): string[] {
  const { typed, rows, desk } = data;
  const { say } = desk.view;
  const own = Object.keys(typed).filter((field) => /^(reason|words|r_.*)$/.test(field) && typed[field]?.trim());
  return [
    ...own.map((field) => say('desk.act.typed', { name: fieldName(data, field), words: typed[field] ?? '' })),
    ...rows.flatMap(({ id, what }) => {
      const thing = what || typed[`what-${id}`]?.trim() || '';
      const why = typed[`why-${id}`]?.trim() ?? '';
      const told = typed[`miss-${id}`] || typed[`what-${id}`]?.trim() || why;
      return told ? [say('desk.case.whatWhy', { what: thing, why })] : [];
    }),
  ];
}
