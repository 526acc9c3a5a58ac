import { describe, expect, test } from 'vitest';
import { cosign, type Key, readSecret, secretText, signerOf, timeOf, verifierOf, verifierText } from './keys.ts';
import { checkpointText, lineOf, openNote, readCheckpoint, readLine, readNote, signNote } from './note.ts';

/** The example of Go's sumdb/note, published with it. */
const peter = readSecret('PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz');
const peterOpen = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const wisdom =
  'If you think cryptography is the answer to your problem,\nthen you don’t know what your problem is.\n'.replace(
    '’',
    "'",
  );
const signed = `${wisdom}
— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`;
const keyOf = (kind: Key['kind'], name: string, fill: number): Key => ({ kind, name, secret: Buffer.alloc(32, fill) });
const text = checkpointText({ origin: 'example.org/log', size: 7, root: Buffer.alloc(32, 9) });

describe('a signed note', () => {
  test('is the one Go’s sumdb/note makes of the same text and key', () => {
    expect(verifierText(peter)).toBe(peterOpen);
    expect(signNote(wisdom, [signerOf(peter)])).toBe(signed);
    expect(openNote(signed, [verifierOf(peterOpen)]).text).toBe(wisdom);
  });

  test('carries SM2 beside Ed25519, and each is verified', () => {
    const keys = [keyOf('ed25519', 'example.org/log', 1), keyOf('sm2', 'example.org/log', 2)];
    const note = signNote(text, keys.map(signerOf));
    const known = keys.map((key) => verifierOf(verifierText(key)));
    expect(openNote(note, known).signedBy.map((one) => one.name)).toEqual(['example.org/log', 'example.org/log']);
    for (const [at, verifier] of known.entries()) {
      expect(openNote(note, [verifier]).signedBy).toHaveLength(1);
      const line = readNote(note).lines[at];
      const broken = Buffer.from(line?.signature ?? []);
      broken[20] = (broken[20] ?? 0) ^ 1;
      expect(() => openNote(`${text}\n${lineOf(verifier, broken)}`, [verifier])).toThrow(/is wrong/);
    }
  });

  test('of which a known key’s signature is wrong is refused whole; a stranger’s is passed over', () => {
    const own = verifierOf(peterOpen);
    expect(() => openNote(signed.replace('answer', 'ANSWER'), [own])).toThrow(/is wrong/);
    expect(() => openNote(signed, [verifierOf(verifierText(keyOf('ed25519', 'PeterNeumann', 3)))])).toThrow(/no known/);
    const stranger = signerOf(keyOf('ed25519', 'stranger', 4));
    expect(openNote(signed + lineOf(stranger, stranger.sign('else')), [own]).signedBy).toHaveLength(1);
  });

  test('that is malformed is refused', () => {
    for (const note of [
      wisdom,
      `${wisdom}\n`,
      signed.trimEnd(),
      signed.replace('— ', '- '),
      signed.replace('x08', 'x0!'),
    ])
      expect(() => readNote(note), note).toThrow(/not a note/);
  });
});

describe('keys', () => {
  test('of every kind are written and read back; another’s id is refused', () => {
    for (const kind of ['ed25519', 'cosignature', 'sm2'] as const) {
      const key = keyOf(kind, 'example.org/log', 5);
      expect(secretText(readSecret(secretText(key)))).toBe(secretText(key));
      expect(() => verifierOf(verifierText(key).replace('example', 'another'))).toThrow(/not its own/);
    }
    expect(() => verifierOf('a+b+c')).toThrow(/not a key/);
  });
});

describe('a witness', () => {
  test('signs the time with the checkpoint, and neither can be changed', () => {
    const key = keyOf('cosignature', 'witness.example', 6);
    const at = new Date('2026-06-10T02:00:00.500Z');
    const { name, id, signature } = cosign(key, text, at);
    expect(timeOf(signature)).toBe(1781056800);
    const note = `${text}\n${lineOf({ name, id }, signature)}`;
    const known = [verifierOf(verifierText(key))];
    expect(openNote(note, known).signedBy).toHaveLength(1);
    const later = Buffer.from(signature);
    later[7] = (later[7] ?? 0) + 1;
    expect(() => openNote(`${text}\n${lineOf({ name, id }, later)}`, known)).toThrow(/is wrong/);
    expect(() => openNote(note.replace('\n7\n', '\n8\n'), known)).toThrow(/is wrong/);
  });
});

test('a checkpoint is read back, and a malformed one refused', () => {
  expect(readCheckpoint(text)).toEqual({ origin: 'example.org/log', size: 7, root: Buffer.alloc(32, 9) });
  for (const wrong of ['', 'a\n1\nAA==\n', text.replace('7', '07'), text.trimEnd()])
    expect(() => readCheckpoint(wrong)).toThrow(/not a checkpoint/);
  expect(() => readLine('— a b')).toThrow(/broken/);
});
