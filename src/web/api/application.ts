import type { Situation, Subject } from '../../catalog/door.ts';
import { type Answers, check, normalise } from '../../elements/door.ts';
import type { House } from '../../house.ts';
import { type FieldProblem, Problem } from '../../platform/door.ts';

/** What a client sends of an application, checked one by one as the pages check them, all problems together. */
type Catalogue = Pick<House, 'catalog'>;

/** The answers to the situation questions that are asked; each has to be one of the options. */
export function situationOf({ catalog }: Catalogue, subject: Subject, given: Situation): Situation {
  const asked = catalog.situation(subject, given);
  const problems = asked.flatMap(({ id, title, options }): FieldProblem[] => {
    const params = { name: title.zh, nameEn: title.en };
    if (given[id] === undefined) return [{ field: id, code: 'required-choice', params }];
    return options.some(({ value }) => value === given[id]) ? [] : [{ field: id, code: 'choice-unknown', params }];
  });
  if (problems.length > 0) throw new Problem('form-invalid', {}, problems);
  return Object.fromEntries(asked.map(({ id }) => [id, given[id] ?? '']));
}

/** The answers in their one form. Empty ones pass: they take back what was answered before. */
export function answersOf({ elements }: Pick<House, 'elements'>, given: Answers, today: string): Answers {
  const problems: FieldProblem[] = [];
  const answers: Answers = {};
  for (const [id, raw] of Object.entries(given)) {
    const element = elements.element(id);
    const value = element ? normalise(element, raw) : '';
    const problem = element ? check(element, value, { today, optional: true }) : { field: id, code: 'element-unknown' };
    if (problem) problems.push(problem);
    else answers[id] = value;
  }
  if (problems.length > 0) throw new Problem('form-invalid', {}, problems);
  return answers;
}

/** A township served here. */
export function townshipOf({ identity, config }: House, code: string): string {
  const found = identity.divisions.townships(config.region).some((township) => township.code === code);
  if (!found) throw new Problem('form-invalid', {}, [{ field: 'division', code: 'township-unknown' }]);
  return code;
}
