/** Reads a regular expression far enough to see what is repeated without end. */
type Piece = { source: string; endless: boolean; inner: boolean };

const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/;
const endless = (sign: string) => /^(?:[*+]|\{\d+,\})/.test(sign);
/** Signs to try on two neighbours: do they take the same one? */
const signs = ['a', 'Z', '0', '_', ' ', '\t', '-', '.', ',', '/', '"', "'", '<', '=', '&', '%', '汉', '：'];

/** Why an expression may take ages, or undefined. */
export function repetitionOf(source: string): string | undefined {
  for (const sequence of sequencesOf(source)) {
    const nested = sequence.find((piece) => piece.endless && piece.inner);
    if (nested) return `repeats what repeats: ${nested.source}`;
    for (const [at, piece] of sequence.entries()) {
      const next = sequence[at + 1];
      if (piece.endless && next?.endless && overlap(piece.source, next.source))
        return `two neighbours repeat the same: ${piece.source}${next.source}`;
    }
  }
  return undefined;
}

/** All sequences of pieces: those of the whole, and those inside every group. */
function sequencesOf(source: string): Piece[][] {
  const all: Piece[][] = [];
  const read = (text: string): boolean => {
    let repeats = false;
    for (const branch of branchesOf(text)) {
      const pieces: Piece[] = [];
      for (const { atom, times } of atomsOf(branch)) {
        const group = /^\((?:\?(?:<[^=!][^>]*>|<?[=!]|:|[a-z-]*:))?([\s\S]*)\)$/.exec(atom);
        const inner = group ? read(group[1] ?? '') : false;
        pieces.push({ source: atom, endless: endless(times), inner });
        repeats ||= endless(times) || inner;
      }
      all.push(pieces);
    }
    return repeats;
  };
  read(source);
  return all;
}

function branchesOf(text: string): string[] {
  const parts = [''];
  for (const part of partsOf(text)) {
    if (part === '|') parts.push('');
    else parts[parts.length - 1] += part;
  }
  return parts;
}

function atomsOf(text: string): { atom: string; times: string }[] {
  const atoms: { atom: string; times: string }[] = [];
  let rest = text;
  while (rest !== '') {
    const [atom = ''] = partsOf(rest);
    rest = rest.slice(atom.length);
    const [times = ''] = quantifier.exec(rest) ?? [];
    rest = rest.slice(times.length);
    atoms.push({ atom, times });
  }
  return atoms;
}

/** Splits into single signs, escapes, classes and whole groups. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  for (let at = 0; at < text.length; ) {
    const end = endOf(text, at);
    parts.push(text.slice(at, end));
    at = end;
  }
  return parts;
}

function endOf(text: string, start: number): number {
  if (text[start] === '\\')
    return (
      start + (/^\\[pP]\{[^}]*\}|^\\u\{[^}]*\}|^\\u[\da-f]{4}|^\\k<[^>]*>/i.exec(text.slice(start))?.[0].length ?? 2)
    );
  if (text[start] === '[') {
    let at = start + 1;
    while (at < text.length && text[at] !== ']') at += text[at] === '\\' ? 2 : 1;
    return at + 1;
  }
  if (text[start] !== '(') return start + 1;
  let at = start + 1;
  while (at < text.length && text[at] !== ')') at = endOf(text, at);
  return at + 1;
}

function overlap(one: string, other: string): boolean {
  const takes = (piece: string) => new RegExp(`^(?:${piece})$`, 'u');
  const [a, b] = [takes(one), takes(other)];
  return signs.some((sign) => a.test(sign) && b.test(sign));
}
