import { verifierOf } from './keys.ts';
import { type Checkpoint, checkpointText, openNote, readCheckpoint, readNote, type Verifier } from './note.ts';

/**
 * How the keys of a log follow each other. A change is a checkpoint with further lines, `from` and `to` for every key
 * before and after, signed by all of them: whoever trusts the first keys, or the last, can follow to the others. Pure.
 */
export type Change = { size: number; keys: string[]; note: string };
/** Keys of checkpoints larger than `after`, up to where the next period begins. */
export type Period = { after: number; keys: string[] };

/** The changes do not follow from each other, or are not signed by whom they should be. */
export class WrongChange extends Error {
  constructor(readonly size: number) {
    super(`the change of keys at size ${size} does not follow from the keys before it`);
  }
}

export function changeText(checkpoint: Checkpoint, from: string[], to: string[]): string {
  const lines = [...from.map((key) => `from ${key}\n`), ...to.map((key) => `to ${key}\n`)];
  return checkpointText(checkpoint) + lines.join('');
}

function readChange(note: string): Checkpoint & { from: string[]; to: string[] } {
  const { text } = readNote(note);
  const named = (word: string) =>
    text.split('\n').flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length + 1)] : []));
  return { ...readCheckpoint(text), from: named('from'), to: named('to') };
}

/** Periods from the first keys on. Throws `WrongChange` at the first change that is not what it should be. */
export function periodsOf(origin: string, first: string[], changes: Change[]): Period[] {
  const periods: Period[] = [{ after: 0, keys: first }];
  for (const { size, keys, note } of changes) {
    const before = periods.at(-1)?.keys ?? [];
    if (!isRight({ size, keys, note }, origin, before)) throw new WrongChange(size);
    periods.push({ after: size, keys });
  }
  return periods;
}

function isRight({ size, keys, note }: Change, origin: string, before: string[]): boolean {
  try {
    const change = readChange(note);
    const all = [...new Set([...before, ...keys])];
    const { signedBy } = openNote(note, all.map(verifierOf));
    const signed = all.every((key) => {
      const { name, id } = verifierOf(key);
      return signedBy.some((one) => one.name === name && Buffer.compare(one.id, id) === 0);
    });
    const same = change.from.join() === before.join() && change.to.join() === keys.join();
    return signed && same && change.size === size && change.origin === origin;
  } catch {
    return false;
  }
}

/** Who may have signed a checkpoint of this size. */
export function verifiersIn(periods: Period[]): (size: number) => Verifier[] {
  const kept = periods.map(({ after, keys }) => ({ after, verifiers: keys.map(verifierOf) }));
  // A log begins with size 1; a size at which keys changed is still of the keys before.
  return (size) => kept.findLast(({ after }) => after < Math.max(size, 1))?.verifiers ?? [];
}
