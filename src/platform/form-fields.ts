import { Problem } from './problem.ts';

/** Names a form may have: the longest of ours has about two hundred. */
export const mostFields = 2000;

/**
 * The fields of a form as browsers write it; a name that comes several times has a list. 10 MB take a moment, not seconds.
 * Throws `form-too-many-fields` before anything is made of a form with more names than any page of ours asks for.
 */
export function formFields(body: string): Record<string, string | string[]> {
  if (namesMoreThan(body, mostFields)) throw new Problem('form-too-many-fields', { most: mostFields });
  const fields: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of new URLSearchParams(body)) {
    const known = fields[name];
    // Added to the list in place: one copy for each value would let a small form of one name hold up everybody.
    if (Array.isArray(known)) known.push(value);
    else fields[name] = known === undefined ? value : [known, value];
  }
  return fields;
}

/** Looks at the names as they are spelled, and no further than it must. */
function namesMoreThan(body: string, most: number): boolean {
  const names = new Set<string>();
  for (let at = 0; at < body.length && names.size <= most; ) {
    const next = body.indexOf('&', at);
    const end = next < 0 ? body.length : next;
    const sign = body.indexOf('=', at);
    names.add(body.slice(at, sign < 0 || sign > end ? end : sign));
    at = end + 1;
  }
  return names.size > most;
}
