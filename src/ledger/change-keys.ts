import { readFile, rename, writeFile } from 'node:fs/promises';
import type { Clock, Db } from '../platform/door.ts';
import { changeText } from './key-change.ts';
import { makeKeys } from './key-file.ts';
import { type Key, secretText, signerOf, verifierText } from './keys.ts';
import { signNote } from './note.ts';
import { addChange, keysNow, latest, takeTurn } from './store.ts';

type Needs = { db: Db; clock: Clock; origin: string; keys: Key[] };

/**
 * Notes that the log goes on with other keys: signed by all there were and all there will be. `next` are the keys from
 * now on. Throws when somebody else has changed them meanwhile, and for a log that is empty.
 */
export function changeKeys({ db, clock, origin, keys }: Needs, next: Key[]): Promise<number> {
  return db.transaction(async (tx) => {
    await takeTurn(tx, origin);
    const before = keys.map(verifierText);
    if ((await keysNow(tx, origin))?.join() !== before.join()) throw new Error('the keys of the log are others by now');
    const head = await latest(tx, origin);
    if (!head) throw new Error('the log is empty: put other keys in place before its first act instead');
    const after = next.map(verifierText);
    const all = [...keys, ...next.filter((key) => !before.includes(verifierText(key)))];
    const text = changeText({ origin, size: head.size, root: head.root }, before, after);
    await addChange(tx, origin, {
      ...{ size: head.size, keys: after, note: signNote(text, all.map(signerOf)) },
      at: clock().toISOString(),
    });
    return head.size;
  });
}

/**
 * Changes the keys in a file and in the log. `add`: new ones beside those there are, so that every checkpoint is signed
 * by both; `retire`: the older half no longer signs. The file with the next keys lies beside it before the log names them.
 */
export async function changeKeyFile(
  needs: Needs,
  file: string,
  what: 'add' | 'retire',
): Promise<{ size: number; keys: string[] }> {
  const { keys, origin } = needs;
  if (what === 'retire' && keys.length < 4) throw new Error('there are no older keys to retire: add new ones first');
  if (what === 'add' && keys.length > 2) throw new Error('keys are being changed already: retire the older ones first');
  const next = what === 'add' ? [...keys, ...makeKeys(origin)] : keys.slice(-2);
  const beside = `${file}.next`;
  await writeFile(beside, next.map((key) => `${secretText(key)}\n`).join(''), { mode: 0o600, flag: 'wx', flush: true });
  const size = await changeKeys(needs, next);
  // The retired keys are kept in no file: nobody is to sign with them again.
  await rename(beside, file);
  return { size, keys: next.map(verifierText) };
}

/** Whether the keys of this process come from that file, and not from the environment. */
export async function isFrom(file: string, keys: Key[]): Promise<boolean> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return keys.every((key) => text.includes(secretText(key)));
}
