import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * The two ways to seal: the common one, and one of national cryptography (商用密码). Both give `nonce ‖ ciphertext ‖ tag`,
 * refuse whatever was changed, and bind what is sealed to a context that is not part of it.
 */
export const suiteNames = ['aes-256-gcm', 'sm4-ctr-hmac-sm3'] as const;
export type SuiteName = (typeof suiteNames)[number];

export type Suite = {
  keyBytes: number;
  seal(key: Buffer, plain: Buffer, context: Buffer): Buffer;
  /** Throws `NotOpened` unless key, context and every bit are the ones it was sealed with. */
  open(key: Buffer, sealed: Buffer, context: Buffer): Buffer;
  /** A keyed hash. */
  mac(key: Buffer, data: Buffer): Buffer;
  /** A key of its own from a master key. */
  derive(master: Buffer, purpose: string): Buffer;
};

/** Says no more than that it did not open: why is nobody's business. */
export class NotOpened extends Error {
  constructor() {
    super('a sealed value did not open');
    this.name = 'NotOpened';
  }
}

const tagBytes = { gcm: 16, hmac: 32 };
const nonceBytes = { gcm: 12, ctr: 16 };

const aes: Suite = {
  keyBytes: 32,
  seal(key, plain, context) {
    const nonce = randomBytes(nonceBytes.gcm);
    const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes.gcm }).setAAD(context);
    return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  },
  open(key, sealed, context) {
    const { nonce, body, tag } = cut(sealed, nonceBytes.gcm, tagBytes.gcm);
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes.gcm });
    decipher.setAAD(context).setAuthTag(tag);
    try {
      return Buffer.concat([decipher.update(body), decipher.final()]);
    } catch {
      throw new NotOpened();
    }
  },
  mac: (key, data) => createHmac('sha256', key).update(data).digest(),
  derive: (master, purpose) => Buffer.from(hkdfSync('sha256', master, '', purpose, 32)),
};

/** Encrypt, then authenticate everything: two keys in one, the first 16 bytes for SM4, the rest for HMAC-SM3. */
const sm4: Suite = {
  keyBytes: 48,
  seal(key, plain, context) {
    const nonce = randomBytes(nonceBytes.ctr);
    const cipher = createCipheriv('sm4-ctr', key.subarray(0, 16), nonce);
    const body = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([nonce, body, tagOf(key, nonce, body, context)]);
  },
  open(key, sealed, context) {
    const { nonce, body, tag } = cut(sealed, nonceBytes.ctr, tagBytes.hmac);
    if (!timingSafeEqual(tag, tagOf(key, nonce, body, context))) throw new NotOpened();
    const decipher = createDecipheriv('sm4-ctr', key.subarray(0, 16), nonce);
    return Buffer.concat([decipher.update(body), decipher.final()]);
  },
  mac: (key, data) => createHmac('sm3', key).update(data).digest(),
  derive: (master, purpose) => Buffer.from(hkdfSync('sm3', master, '', purpose, 48)),
};

export const suites: Record<SuiteName, Suite> = { 'aes-256-gcm': aes, 'sm4-ctr-hmac-sm3': sm4 };

/** The length of the context goes in first, so that nothing can move from one part to the other. */
function tagOf(key: Buffer, nonce: Buffer, body: Buffer, context: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(context.length);
  return sm4.mac(key.subarray(16), Buffer.concat([length, context, nonce, body]));
}

function cut(sealed: Buffer, nonce: number, tag: number): { nonce: Buffer; body: Buffer; tag: Buffer } {
  if (sealed.length < nonce + tag) throw new NotOpened();
  return {
    nonce: sealed.subarray(0, nonce),
    body: sealed.subarray(nonce, sealed.length - tag),
    tag: sealed.subarray(sealed.length - tag),
  };
}
