/** One syllable without its tone for each character; a character nobody can read stands for itself. */
export type Reading = (text: string) => string[];

/** Says the first `length` characters of a text in pinyin; what follows them helps to read them. */
export type Spelling = (text: string, length?: number) => string;

/**
 * Spells names of places by the rules for them: one word with a capital, `'` before a later syllable that begins with a
 * vowel, ü kept. `corrections` says how words are read where `read` is wrong; the longest that fits counts.
 */
export function placeSpelling(corrections: Record<string, string>, read: Reading): Spelling {
  const corrected = Object.keys(corrections).sort((a, b) => b.length - a.length);

  return (text, length = text.length) =>
    [...text.matchAll(/\p{Script=Han}+|[^\p{Script=Han}]+/gu)]
      .filter(({ index }) => index < length)
      .map(({ 0: run, index }) => {
        const own = run.slice(0, length - index);
        return /\p{Script=Han}/u.test(run) ? word(syllables(run).slice(0, [...own].length)) : own;
      })
      .join(' ');

  function syllables(text: string): string[] {
    const characters = [...text];
    const said = read(text);
    for (let at = 0; at < characters.length; at++) {
      const rest = characters.slice(at).join('');
      const known = corrected.find((part) => rest.startsWith(part));
      if (!known) continue;
      const right = corrections[known]?.split(' ') ?? [];
      said.splice(at, right.length, ...right);
      at += right.length - 1;
    }
    return said;
  }
}

function word(syllables: string[]): string {
  const [first = '', ...later] = syllables;
  const rest = later.map((said) => said.replace(/^(?=[aeo])/, "'")).join('');
  return first.charAt(0).toUpperCase() + first.slice(1) + rest;
}
