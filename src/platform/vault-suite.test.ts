import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holderOf } from './vault-master.ts';
import { NotOpened, suiteNames, suites } from './vault-suite.ts';

const bytes = (options: fc.IntArrayConstraints = {}) =>
  fc.uint8Array({ maxLength: 80, ...options }).map((array) => Buffer.from(array));

describe.each(suiteNames)('%s', (name) => {
  const suite = suites[name];
  const key = bytes({ minLength: suite.keyBytes, maxLength: suite.keyBytes });

  test('what is sealed opens, and never looks the same twice', () => {
    fc.assert(
      fc.property(key, bytes(), bytes(), (secret, plain, context) => {
        const [one, two] = [suite.seal(secret, plain, context), suite.seal(secret, plain, context)];
        expect(suite.open(secret, one, context)).toEqual(plain);
        expect(one.equals(two)).toBe(false);
      }),
    );
  });

  test('a changed bit anywhere, a missing or an added byte is refused', () => {
    fc.assert(
      fc.property(key, bytes(), bytes(), fc.nat(), (secret, plain, context, at) => {
        const sealed = suite.seal(secret, plain, context);
        const flipped = Buffer.from(sealed);
        const bit = at % (sealed.length * 8);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        for (const wrong of [flipped, sealed.subarray(1), sealed.subarray(0, -1), Buffer.concat([sealed, plain, key0])])
          expect(() => suite.open(secret, wrong, context)).toThrow(NotOpened);
      }),
    );
  });

  test('another context or another key is refused', () => {
    fc.assert(
      fc.property(key, key, bytes(), bytes(), bytes({ minLength: 1 }), (secret, other, plain, context, more) => {
        fc.pre(!secret.equals(other));
        const sealed = suite.seal(secret, plain, context);
        expect(() => suite.open(secret, sealed, Buffer.concat([context, more]))).toThrow(NotOpened);
        expect(() => suite.open(other, sealed, context)).toThrow(NotOpened);
      }),
    );
  });

  test('the master key wraps a data key for one name only', async () => {
    const holder = holderOf(Buffer.alloc(32, 'master'), name);
    const wrapped = await holder.wrap(Buffer.alloc(suite.keyBytes, 7), '1 seal');
    expect(await holder.unwrap(wrapped, '1 seal')).toEqual(Buffer.alloc(suite.keyBytes, 7));
    await expect(holder.unwrap(wrapped, '2 seal')).rejects.toThrow(NotOpened);
    await expect(holderOf(Buffer.alloc(32, 'other!'), name).unwrap(wrapped, '1 seal')).rejects.toThrow(NotOpened);
  });
});

const key0 = Buffer.alloc(1);

test('the known answers of AES-256-GCM and of HMAC-SM3', () => {
  const secret = Buffer.alloc(32);
  // NIST GCM test case 14: 96-bit zero nonce, 128 zero bits.
  const sealed = Buffer.from(
    '000000000000000000000000cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919',
    'hex',
  );
  expect(suites['aes-256-gcm'].open(secret, sealed, Buffer.alloc(0))).toEqual(Buffer.alloc(16));
  // GM/T 0042-2015 D.3, example 1.
  const long = Buffer.from(
    'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopqabcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
  );
  const known = Buffer.from(Array.from({ length: 32 }, (_, at) => at + 1));
  expect(suites['sm4-ctr-hmac-sm3'].mac(known, long).toString('hex')).toBe(
    'ca05e144ed05d1857840d1f318a4a8669e559fc8391f414485bfdf7bb408963a',
  );
});
