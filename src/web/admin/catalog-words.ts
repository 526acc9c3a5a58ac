import type { LoadProblem, Say } from '../../platform/door.ts';

/**
 * What a compiler would say to the author of a folder, in the words of whoever edits on a page: the pattern of the
 * message, and the key of its words. What is not here is shown as it is.
 */
const patterns: [RegExp, string][] = [
  [/^the id must stay (.+)$/, 'id-fixed'],
  [/^(.+) is not a known key$/, 'unknown-key'],
  [/^(.+) must be one of (.+)$/, 'one-of'],
  [/^(.+) must have required propert(?:y|ies) (.+)$/, 'required'],
  [/^(.+) must be (string|integer|number|boolean|array|object)$/, 'type'],
  [/^(.+) must be ([<>]= \d+)$/, 'range'],
  [/^no (?:material|element) (\S+) in the elements folder$/, 'no-element'],
  [/^no item (\S+) in the items folder$/, 'no-item'],
  [/^condition not understood: (.+)$/s, 'condition'],
  [/^(\S+) is not among the elements of this item$/, 'not-asked'],
  [/^(\S+) is not among the items of this bundle$/, 'not-inside'],
  [/^these wait for each other in a circle: (.+)$/, 'circle'],
  [/^the promised limit is longer than the statutory one$/, 'promised-long'],
  [/^what is done on the spot is issued on the spot$/, 'issue-on-the-spot'],
  [/^visits need a visitReason$/, 'visit-reason'],
  [/^this (?:material|element|item|question) is already in /, 'twice'],
  [/^two options have the same value$/, 'same-option'],
  [/^(.+) is no regular expression$/s, 'pattern'],
  [/^(.+) may take ages: /s, 'pattern-slow'],
  [/^the item (\S+) asks for something that is gone$/, 'hurts'],
  [/^the text is too long$/, 'too-long'],
  [/^([\s\S]*)$/, 'other'],
];

/** What is wrong, in words. */
export function mistakeText(say: Say, message: string): string {
  for (const [pattern, key] of patterns) {
    const [found, a = '', b = ''] = pattern.exec(message) ?? [];
    if (found === undefined) continue;
    const name = a === 'the file' ? say('admin.catalog.whole') : a;
    const what = key === 'type' ? say(`admin.catalog.type.${b}`) : b;
    return say(`admin.catalog.wrong.${key}`, { a: name, b: what });
  }
  return message;
}

/** What is wrong, and where. */
export function mistakeLine(say: Say, { line, column, message }: LoadProblem): string {
  const place = say('admin.catalog.place', { line, column });
  return say('admin.catalog.mistake', { place, what: mistakeText(say, message) });
}
