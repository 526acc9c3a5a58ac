import { type Hash, isConsistent } from './merkle.ts';
import { openNote, readCheckpoint, readNote, type Verifier } from './note.ts';

/** Decides whether to sign a checkpoint of another log (C2SP tlog-witness). Pure. */
export type Request = { old: number; proof: Hash[]; note: string };
export type KnownLog = { origin: string; verifiers: Verifier[] };
export type Seen = { size: number; root: Hash } | undefined;
export type Verdict =
  | { sign: true; origin: string; size: number; root: Hash; text: string }
  /** The status and, for a conflict, the size that was seen last. */
  | { sign: false; status: 400 | 403 | 404 | 409 | 422; size?: number; because: string };

/** Reads the body of `add-checkpoint`: old size, proof, empty line, checkpoint. */
export function readRequest(body: string): Request | undefined {
  const end = body.indexOf('\n\n');
  const [first = '', ...lines] = body.slice(0, Math.max(end, 0)).split('\n');
  const [, old] = /^old (0|[1-9]\d{0,15})$/.exec(first) ?? [];
  if (old === undefined || lines.length > 63) return undefined;
  const proof = lines.map((line) => Buffer.from(line, 'base64'));
  if (proof.some((hash, at) => hash.length !== 32 || hash.toString('base64') !== lines[at])) return undefined;
  return { old: Number(old), proof, note: body.slice(end + 2) };
}

/** The origin a note claims, before anything is verified; to find the log it should be of. */
export function claimedOrigin(note: string): string | undefined {
  try {
    return readCheckpoint(readNote(note).text).origin;
  } catch {
    return undefined;
  }
}

export function judge({ old, proof, note }: Request, log: KnownLog | undefined, seen: Seen): Verdict {
  const no = (status: 400 | 403 | 404 | 409 | 422, because: string, size?: number): Verdict => ({
    sign: false,
    status,
    because,
    size,
  });
  if (claimedOrigin(note) === undefined) return no(400, 'not a checkpoint');
  if (!log || log.origin !== claimedOrigin(note)) return no(404, 'a log that is not known here');
  let text: string;
  try {
    text = openNote(note, log.verifiers).text;
  } catch {
    return no(403, 'not signed by the log');
  }
  const { origin, size, root } = readCheckpoint(text);
  const last = seen?.size ?? 0;
  if (old > size) return no(400, 'the old size is larger than the new one');
  if (old !== last) return no(409, 'another size was seen last', last);
  if (seen && old === size && Buffer.compare(seen.root, root) !== 0)
    return no(409, 'another root was seen for this size', last);
  const holds = old === 0 ? proof.length === 0 : isConsistent(old, seen?.root ?? root, size, root, proof);
  return holds ? { sign: true, origin, size, root, text } : no(422, 'the proof does not lead from the old root');
}
