/** The fields of a form as browsers write it; a name that comes several times has a list. 10 MB take a moment, not seconds. */
export function formFields(body: string): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of new URLSearchParams(body)) {
    const known = fields[name];
    // Added to the list in place: one copy for each value would let a small form of one name hold up everybody.
    if (Array.isArray(known)) known.push(value);
    else fields[name] = known === undefined ? value : [known, value];
  }
  return fields;
}
