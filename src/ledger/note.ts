/**
 * Signed notes and checkpoints as C2SP writes them: a text, an empty line, and one line for each signature. Who signs and
 * how is in the signers; this file only knows the form. Pure.
 */
export type Signer = { name: string; id: Uint8Array; sign(text: string): Uint8Array };
export type Verifier = { name: string; id: Uint8Array; verify(text: string, signature: Uint8Array): boolean };
export type SignatureLine = { name: string; id: Uint8Array; signature: Uint8Array };
export type Checkpoint = { origin: string; size: number; root: Uint8Array };

const most = 100;

/** A note with the signatures of everybody given. */
export function signNote(text: string, signers: Signer[]): string {
  return `${text}\n${signers.map((signer) => lineOf(signer, signer.sign(text))).join('')}`;
}

/** One signature line: em dash, name, and base64 of key id and signature. */
export function lineOf({ name, id }: { name: string; id: Uint8Array }, signature: Uint8Array): string {
  return `— ${name} ${Buffer.concat([id, signature]).toString('base64')}\n`;
}

/** Takes a note apart; an error says what is wrong with its form. Nothing is verified. */
export function readNote(note: string): { text: string; lines: SignatureLine[] } {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) throw new Error('not a note: no empty line before the signatures');
  const signatures = note
    .slice(end + 2)
    .split('\n')
    .slice(0, -1);
  if (signatures.length === 0 || signatures.length > most) throw new Error('not a note: too few or many signatures');
  return { text: note.slice(0, end + 1), lines: signatures.map(readLine) };
}

export function readLine(line: string): SignatureLine {
  const [, name = '', encoded = ''] = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u.exec(line) ?? [];
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.length < 5 || bytes.toString('base64') !== encoded) throw new Error('not a note: a broken signature line');
  return { name, id: bytes.subarray(0, 4), signature: bytes.subarray(4) };
}

/**
 * The text of a note and which of the known keys signed it. A signature of a known key that is wrong rejects the whole
 * note; those of others are passed over; a note that nobody known signed is rejected.
 */
export function openNote(note: string, verifiers: Verifier[]): { text: string; signedBy: Verifier[] } {
  const { text, lines } = readNote(note);
  const signedBy = lines.flatMap(({ name, id, signature }) => {
    const known = verifiers.find((one) => one.name === name && Buffer.compare(one.id, id) === 0);
    if (!known) return [];
    if (!known.verify(text, signature)) throw new Error(`the signature of ${name} is wrong`);
    return [known];
  });
  if (signedBy.length === 0) throw new Error('no known key signed the note');
  return { text, signedBy };
}

export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`;
}

/** Reads the first three lines of a checkpoint; further lines are allowed and mean nothing here. */
export function readCheckpoint(text: string): Checkpoint {
  const [origin = '', size = '', root = '', ...rest] = text.split('\n');
  const bytes = Buffer.from(root, 'base64');
  const wellFormed = origin && /^(0|[1-9]\d{0,15})$/.test(size) && bytes.length === 32 && rest.length > 0;
  if (!wellFormed || bytes.toString('base64') !== root) throw new Error('not a checkpoint');
  return { origin, size: Number(size), root: bytes };
}
