import { Secret, TOTP } from 'otpauth';

/** One-time codes of authenticator apps: six digits, half a minute each (RFC 6238). Pure. */
const period = 30;
const secretBytes = 20;

const totpOf = (secret: Buffer) => new TOTP({ secret: secretOf(secret), period, digits: 6, algorithm: 'SHA1' });

function secretOf(bytes: Buffer): Secret {
  // otpauth keeps the whole memory behind a Buffer, so it gets a copy of its own.
  return new Secret({ buffer: Uint8Array.from(bytes).buffer });
}

/** A new secret from chance given. */
export function newSecret(chance: string): Buffer {
  return Buffer.from(chance, 'base64url').subarray(0, secretBytes);
}

/** The secret as people type it into an app, in groups of four. */
export function spelled(secret: Buffer): string {
  return secretOf(secret).base32.replace(/(.{4})(?=.)/g, '$1 ');
}

/** The address apps read. */
export function addressOf(secret: Buffer, issuer: string, label: string): string {
  return new TOTP({ secret: secretOf(secret), period, digits: 6, algorithm: 'SHA1', issuer, label }).toString();
}

/** The half minute a code belongs to, one before or after now allowed for clocks that differ; nothing when it is wrong. */
export function stepOf(secret: Buffer, code: string, at: Date): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const delta = totpOf(secret).validate({ token: code, timestamp: at.getTime(), window: 1 });
  return delta === null ? undefined : Math.floor(at.getTime() / 1000 / period) + delta;
}

/** The code an app would show. For tests. */
export function codeAt(secret: Buffer, at: Date): string {
  return totpOf(secret).generate({ timestamp: at.getTime() });
}
