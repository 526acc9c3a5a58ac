import type { CaseData } from './case-data.ts';

/**
 * What somebody had typed into a form that is not on the page any more, each with what it was for: the case has moved on,
 * and nobody has to remember what they wrote.
 */
export function lostWords({ typed, rows, file, desk }: CaseData): string[] {
  const { say, lang } = desk.view;
  const results = file.plan.branches.flatMap((branch) => branch.results);
  const said = (name: string, words: string | undefined) =>
    words?.trim() ? [say('desk.act.typed', { name, words })] : [];
  return [
    ...said(say('desk.act.reason'), typed.reason),
    ...results.flatMap(({ id, name }) => said(name[lang], typed[`r_${id}`])),
    ...rows.flatMap(({ id, what }) => {
      const thing = what || typed[`what-${id}`]?.trim() || '';
      if (!typed[`miss-${id}`] && !thing && !typed[`why-${id}`]?.trim()) return [];
      if (what && !typed[`miss-${id}`] && !typed[`why-${id}`]?.trim()) return [];
      return [say('desk.case.whatWhy', { what: thing, why: typed[`why-${id}`]?.trim() ?? '' })];
    }),
  ];
}
