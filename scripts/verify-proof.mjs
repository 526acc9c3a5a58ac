// node scripts/verify-proof.mjs PROOF.json [KEY]: checks, without us, that acts are in the log of a node.
// Nothing but Node 20 or newer. KEY is the log's verifier key (name+id+base64) as you know it from elsewhere.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** What is sealed begins with so much chance. */
const saltBytes = 32;

const [file, trusted] = process.argv.slice(2);
try {
  if (!file) throw new Error('node scripts/verify-proof.mjs PROOF.json [KEY]');
  check(JSON.parse(readFileSync(file, 'utf8')));
} catch (error) {
  console.error(`✗ ${error.message}`);
  process.exitCode = 1;
}

function check({ format, checkpoint, keys, acts }) {
  if (format !== 'tongban-proof/v1') throw new Error(`not a proof this program knows: ${format}`);
  const key = readKey(trusted ?? keys[0]);
  const text = openNote(checkpoint, key);
  const [origin, size, root] = text.split('\n');
  console.log(`The log ${origin} with ${size} entries, signed with ${trusted ?? keys[0]}`);
  if (!trusted) console.log('  The key came with the proof. Compare it with the one the node publishes.');
  for (const { index, entry, hashes, act, opened } of acts) {
    const leaf = sha256(Buffer.concat([Buffer.of(0), Buffer.from(entry)]));
    const path = hashes.map((hash) => Buffer.from(hash, 'base64'));
    if (rootFrom(leaf, index, Number(size), path)?.toString('base64') !== root)
      throw new Error(`entry ${index} is not in the log`);
    const { number, seq, type, at, sha256: digest } = JSON.parse(entry);
    if (act && sha256(canonical(act)).toString('hex') !== digest)
      throw new Error(`the act is not the one of entry ${index}`);
    if (opened !== undefined && sha256(Buffer.from(opened, 'base64')).toString('hex') !== act?.sealed)
      throw new Error(`what was sealed is not that of entry ${index}`);
    const how = act ? ', as it stands here' : '';
    console.log(
      `✓ ${at} ${type}${act?.outcome ? ` (${act.outcome})` : ''}: act ${seq} of ${number} is entry ${index}${how}`,
    );
    if (opened !== undefined) console.log(`  ${Buffer.from(opened, 'base64').subarray(saltBytes)}`);
  }
}

/** JSON in its one form (RFC 8785). */
function canonical(value) {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
}

/** The text of a signed note, when the Ed25519 key signed it. */
function openNote(note, { name, id, key }) {
  const end = note.lastIndexOf('\n\n') + 1;
  const text = note.slice(0, end);
  for (const line of note.slice(end + 1).split('\n')) {
    const [dash, signer, encoded = ''] = line.split(' ');
    const signature = Buffer.from(encoded, 'base64');
    if (dash !== '—' || signer !== name || !signature.subarray(0, 4).equals(id)) continue;
    if (verify(null, Buffer.from(text), key, signature.subarray(4))) return text;
    throw new Error('the signature of the log is wrong');
  }
  throw new Error('the log did not sign with this key');
}

function readKey(text) {
  const [, name, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text) ?? [];
  const bytes = Buffer.from(encoded ?? '', 'base64');
  if (bytes.length !== 33 || bytes[0] !== 1) throw new Error('not an Ed25519 verifier key');
  const own = sha256(Buffer.concat([Buffer.from(`${name}\n`), bytes])).subarray(0, 4);
  if (own.toString('hex') !== id) throw new Error('the id of the key is not its own');
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: bytes.subarray(1).toString('base64url') };
  return { name, id: own, key: createPublicKey({ key: jwk, format: 'jwk' }) };
}

/** The root an inclusion proof leads to (RFC 9162, 2.1.3.2). */
function rootFrom(leaf, index, size, path) {
  if (!(index >= 0 && index < size)) return undefined;
  let [at, last, hash] = [index, size - 1, leaf];
  for (const next of path) {
    if (last === 0) return undefined;
    if (at % 2 === 1 || at === last) {
      hash = node(next, hash);
      for (; at % 2 === 0 && at !== 0; last = Math.floor(last / 2)) at /= 2;
    } else hash = node(hash, next);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 ? hash : undefined;
}

function node(left, right) {
  return sha256(Buffer.concat([Buffer.of(1), left, right]));
}

function sha256(bytes) {
  return createHash('sha256').update(bytes).digest();
}
