import { Problem } from '../../platform/door.ts';
import { type Form, longerThan } from '../forms.ts';

/** The longest texts of the desk's forms, in characters. What is longer is refused beside its field, never cut. */
const longestReason = 1000;
const longestResult = 500;
const longestWhat = 200;
const longestWhy = 500;

/** How long a field of an act may be; nothing for those people do not write in. */
function longestOf(name: string): number | undefined {
  if (name === 'reason') return longestReason;
  if (name.startsWith('r_')) return longestResult;
  if (name.startsWith('what-')) return longestWhat;
  return name.startsWith('why-') ? longestWhy : undefined;
}

/** Throws `form-invalid` with every field that is too long, by its name in the form. */
export function refuseTooLong(form: Form): void {
  const most = Object.fromEntries(
    Object.keys(form).flatMap((name) => {
      const longest = longestOf(name);
      return longest === undefined ? [] : [[name, longest]];
    }),
  );
  const problems = longerThan(most, form);
  if (problems.length > 0) throw new Problem('form-invalid', {}, problems);
}
