import type { Clock, Db } from '../platform/door.ts';
import { cosign, type Key, verifierOf } from './keys.ts';
import { lineOf, openNote, readCheckpoint, readLine, readNote, type Verifier } from './note.ts';
import * as store from './store.ts';
import { claimedOrigin, judge, type KnownLog, readRequest } from './witness.ts';

/** Both sides of witnessing, with the database: signing for other logs, and keeping what others signed of ours. */
export async function witness(db: Db, clock: Clock, keys: Key[], body: string, logs: KnownLog[]) {
  const request = readRequest(body);
  if (!request) return { sign: false, status: 400, because: 'not a request' } as const;
  const origin = claimedOrigin(request.note);
  const log = logs.find((one) => one.origin === origin);
  const seen = log && (await store.witnessedOf(db, log.origin));
  const verdict = judge(request, log, seen);
  const key = keys.findLast(({ kind }) => kind === 'ed25519');
  if (!verdict.sign || !key) return verdict;
  const signed = { size: verdict.size, root: Buffer.from(verdict.root), note: request.note };
  const at = clock();
  const moved = await store.rememberWitnessed(db, verdict.origin, seen?.size ?? 0, signed, at.toISOString());
  if (!moved) return { sign: false, status: 409, because: 'another size was seen meanwhile' } as const;
  const made = cosign(key, verdict.text, at);
  return { ...verdict, line: lineOf(made, made.signature) };
}

/** Logs to witness, from their verifier keys: a log is known by the name of its keys. Throws for what is not a key. */
export function knownLogs(keys: string): KnownLog[] {
  const logs = new Map<string, Verifier[]>();
  for (const key of keys.split(/\s+/).filter((one) => one !== '')) {
    const verifier = verifierOf(key);
    logs.set(verifier.name, [...(logs.get(verifier.name) ?? []), verifier]);
  }
  return [...logs].map(([origin, verifiers]) => ({ origin, verifiers }));
}

/**
 * Keeps what a witness signed of a checkpoint of ours: the latest, or the one that was sent to it. Throws unless it is
 * the signature of one of `witnesses` and right.
 */
export async function keepCosignature(
  db: Db,
  origin: string,
  line: string,
  witnesses: string[],
  sent?: string,
): Promise<void> {
  const signed = sent
    ? await store.checkpointAt(db, origin, readCheckpoint(readNote(sent).text).size)
    : await store.latest(db, origin);
  if (!signed) throw new Error(sent ? 'not a checkpoint of this log' : 'the log is empty');
  const { name, id } = readLine(line.trimEnd());
  const known = witnesses.find((key) => isKey(verifierOf(key), name, id));
  if (!known) throw new Error('the signature of a witness that is not known here');
  const { text } = openNote(signed.note + line, [verifierOf(known)]);
  await store.addCosignature(db, origin, { size: readCheckpoint(text).size, witness: known, line });
}

const isKey = (key: Verifier, name: string, id: Uint8Array) => key.name === name && Buffer.compare(key.id, id) === 0;
