import { readFile } from 'node:fs/promises';
import type { Feed } from '../platform/door.ts';
import type { ActKey } from './entry.ts';
import { openExport } from './export.ts';
import type { Ledger } from './ledger.ts';
import { readCheckpoint, readNote } from './note.ts';
import { type Difference, type StoredAct, type Stray, type Verdict, verifyLog } from './verify.ts';
import { readRequest } from './witness.ts';

type Print = (line: string) => void;
type Asked = {
  ledger: Ledger;
  acts: Record<string, Feed<StoredAct>>;
  strays: () => AsyncIterable<Stray>;
  print: Print;
  args: string[];
  keyFile: string;
};

/** `npm run tongban -- ledger …`. Gives the exit code: 0 right, 1 a difference was found, 2 not understood. */
export async function runLedger({ ledger, acts, strays, print, args, keyFile }: Asked): Promise<number> {
  const { words, known, anyOrder, key } = await readArgs(args);
  const [what, subject] = words;
  if (what === 'verify' && !subject)
    return report(await ledger.verify(acts, { known, anyOrder, strays: strays() }), ledger.keys, print);
  if (what === 'keys' && (subject === 'add' || subject === 'retire')) return changed(ledger, keyFile, subject, print);
  if (what === 'ask' && subject) return ask(ledger, Number(subject), print);
  if (what === 'cosigned' && subject && words[2] && key) return cosigned(ledger, subject, words[2], key, print);
  if (what === 'export' && subject) {
    print(`${await ledger.exportTo(subject)} entries were written to ${subject}.`);
    return 0;
  }
  if (what === 'proof' && subject) {
    const number = subject.replace(/\s/g, '');
    const [kind = ''] = Object.keys(acts);
    const proof = await ledger.proof({ kind, region: number.slice(0, 6), number });
    if (!proof) print('No act of this case is in the log.');
    else print(JSON.stringify(proof, null, 2));
    return proof ? 0 : 1;
  }
  return 2;
}

/** `ledger keys add|retire`: new keys beside the old ones, later without them. */
async function changed(ledger: Ledger, file: string, what: 'add' | 'retire', print: Print): Promise<number> {
  const { size, keys } = await ledger.changeKeys(file, what);
  print(`From size ${size} on checkpoints are signed with the keys now in ${file}. Keep a copy apart. Verifier keys:`);
  for (const key of keys) print(`  ${key}`);
  print('Restart every process: until then the log waits, and acts wait with it.');
  return 0;
}

/** `ledger ask OLD`: what to post to a witness that has seen OLD entries of this log (C2SP tlog-witness). */
async function ask(ledger: Ledger, old: number, print: Print): Promise<number> {
  const note = await ledger.checkpoint();
  if (!note || !Number.isInteger(old)) return 2;
  const { size } = readCheckpoint(readNote(note).text);
  const proof = old > 0 && old < size ? await ledger.consistency(old, size) : [];
  const lines = [`old ${old}`, ...proof.map((hash) => Buffer.from(hash).toString('base64')), '', note.trimEnd()];
  print(lines.join('\n'));
  return 0;
}

/** `ledger cosigned ASKED ANSWER --key KEY`: keeps what the witness with that key answered to what was asked. */
async function cosigned(ledger: Ledger, asked: string, answer: string, key: string, print: Print): Promise<number> {
  const request = readRequest(await readFile(asked, 'utf8'));
  if (!request) return 2;
  for (const line of (await readFile(answer, 'utf8')).trim().split('\n'))
    await ledger.addCosignature(`${line}\n`, [key], request.note);
  print('The signature of the witness is right and goes with the checkpoint from now on.');
  return 0;
}

/** `ledger verify FOLDER [--key KEY] [--known CHECKPOINT]`: an export, without a database. */
export async function verifyFolder(args: string[], print: Print): Promise<number> {
  const { words, known, key } = await readArgs(args);
  const [, folder = ''] = words;
  const log = await openExport(folder, key);
  const keys = key ? [key] : (await readFile(`${folder}/keys`, 'utf8')).trim().split('\n');
  return report(await verifyLog(log, undefined, { known }), keys, print);
}

async function readArgs(args: string[]) {
  const words: string[] = [];
  const known: string[] = [];
  let key: string | undefined;
  let anyOrder = false;
  for (let at = 0; at < args.length; at++) {
    if (args[at] === '--known') known.push(await readFile(args[++at] ?? '', 'utf8'));
    else if (args[at] === '--key') key = args[++at];
    else if (args[at] === '--any-order') anyOrder = true;
    else words.push(args[at] ?? '');
  }
  return { words, known, key, anyOrder };
}

function report({ leaves, checkpoints, waiting, difference }: Verdict, keys: string[], print: Print): number {
  print(`Verified with ${keys.join(' and ')}`);
  if (difference) {
    print(`✗ ${describe(difference)}`);
    print(`  Everything before it agrees: ${leaves} entries, ${checkpoints} checkpoints.`);
    return 1;
  }
  print(`✓ ${leaves} entries and ${checkpoints} checkpoints agree.`);
  if (waiting > 0) print(`  ${waiting} acts came after the checkpoint and are not in it yet.`);
  return 0;
}

const sentences: Record<Difference['what'], string> = {
  'leaf-missing': 'An entry is missing from the log',
  'leaf-changed': 'An entry was changed: it does not give its hash',
  'leaf-unreadable': 'An entry is not written in its one form',
  'leaf-renamed': 'An entry is kept under another act than the one it is about',
  'act-missing': 'An act that is in the log is gone',
  'act-added': 'An act was put in afterwards, between acts of the log',
  'act-moved': 'The order of acts was changed',
  'act-changed': 'An act was changed: what was done, or by whom',
  'act-type-changed': 'An act was changed: its type',
  'act-time-changed': 'An act was changed: its time',
  'kept-differs': 'What is kept of a case does not follow from its acts',
  'tile-changed': 'A tile of hashes was changed',
  'root-differs': 'The entries do not give the root that was signed',
  'checkpoint-changed': 'A checkpoint was changed, or signed with another key',
  'leaves-cut-off': 'The log is shorter than a checkpoint that was signed',
  'leaves-not-signed': 'There are entries no checkpoint covers',
  'key-change-wrong': 'The keys were changed in a way that does not follow from the keys before, or not to those here',
  'known-checkpoint-differs': 'The log does not continue a checkpoint kept elsewhere: its history was written anew',
};

export function describe({ what, index, act, found, tile, size, column }: Difference): string {
  const parts = [
    index !== undefined && `entry ${index}`,
    act && nameOf(act),
    found && `found instead: ${nameOf(found)}`,
    tile,
    column,
    size !== undefined && `size ${size}`,
  ].filter((part) => part);
  return `${sentences[what]} (${parts.join('; ')})`;
}

function nameOf({ kind, number, seq }: ActKey): string {
  if (kind === 'trail') return `entry ${number} of the trail`;
  return /^\d{12}/.test(number) ? `case ${number}, act ${seq} (${kind})` : `${kind} ${number}`;
}
