import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';

// A key management system as small as one can be: `kms-peer.mjs FOLDER wrap|unwrap CONTEXT`. Its master key lies in
// FOLDER/key and binds the context; FOLDER/asked gets a line for each question.
const [folder, operation, context] = process.argv.slice(2);
const ours = Object.keys(process.env).filter((name) => /^(TONGBAN_|DATABASE_URL$|PGPASSWORD$)/.test(name));
appendFileSync(`${folder}/asked`, `${operation} ${context} ${ours.join(',')}\n`);
const master = readFileSync(`${folder}/key`);
const given = Buffer.from(readFileSync(0, 'utf8'), 'base64');
process.stdout.write(`${(operation === 'wrap' ? wrap(given) : unwrap(given)).toString('base64')}\n`);

function wrap(key) {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', master, nonce).setAAD(Buffer.from(context));
  return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
}

function unwrap(wrapped) {
  const cipher = createDecipheriv('aes-256-gcm', master, wrapped.subarray(0, 12), { authTagLength: 16 });
  cipher.setAAD(Buffer.from(context)).setAuthTag(wrapped.subarray(-16));
  return Buffer.concat([cipher.update(wrapped.subarray(12, -16)), cipher.final()]);
}
