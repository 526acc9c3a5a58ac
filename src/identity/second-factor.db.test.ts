import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { limits } from '../../test/support/limits.ts';
import { testDatabase } from '../../test/support/testdb.ts';
import { testVault } from '../../test/support/vault.ts';
import { type Db, randomIds } from '../platform/door.ts';
import { type Identity, openIdentity } from './identity.ts';
import type { Session } from './sessions.ts';
import { addStaff } from './staff.ts';
import { codeAt } from './totp.ts';

const start = new Date('2026-03-02T01:00:00Z');
const later = (seconds: number) => new Date(start.getTime() + seconds * 1000);
const ids = randomIds(() => start);
const region = '360121';
const password = 'kettle ladder orchid';
const visit = { address: '10.0.0.7' };

let db: Db;
let identity: Identity;
let session: Session;
let secret: Buffer;
let codes: string[];
beforeAll(async () => {
  db = await testDatabase({ role: 'tongban_app' });
  const options = { clock: () => start, ids, demo: true, regions: [region], limits, folder: 'demo' };
  identity = await openIdentity({ db, vault: await testVault(db), ...options });
  const place = { division: '360121100000', agency: '360121100000-township-centre' };
  for (const login of ['li.na', 'other'])
    await addStaff(
      { db, ids, clock: () => start, identity },
      { region, login, name: '李娜', roles: ['clerk'], password, ...place },
    );
  session = await identity.signIn(region, 'li.na', password, start, visit);
});
beforeEach(() => db.query('delete from identity.sign_in_attempt'));

const waiting = async (at: Date) => {
  const entered = await identity.enter(region, 'li.na', password, at, visit);
  if (!('step' in entered)) throw new Error('no second step was asked for');
  return entered.step;
};
const wrongCode = { fields: [{ field: 'code', code: 'code-wrong' }] };

describe('an authenticator app', () => {
  test('asks for proof of a moment ago', async () => {
    const acts = [
      identity.secondFactor.offer(session, later(301)),
      identity.secondFactor.confirm(session, '1', later(301)),
      identity.secondFactor.remove(session, later(301)),
      identity.secondFactor.newCodes(session, later(301)),
    ];
    for (const act of acts) await expect(act).rejects.toThrow('confirm-first');
  });

  test('counts once its first code was right; its secret is sealed and then never shown again', async () => {
    const names = { issuer: '通办', label: 'li.na' };
    await identity.secondFactor.offer(session, start);
    const offer = await identity.secondFactor.offered(session, start, names);
    expect(offer?.address).toContain(offer?.secret.replace(/ /g, ''));
    const { Secret } = await import('otpauth');
    secret = Buffer.from(Secret.fromBase32(offer?.secret.replace(/ /g, '') ?? '').bytes);
    const [row] = await db.query<{ sealed: Buffer }>('select sealed from identity.totp');
    expect(row?.sealed.includes(secret)).toBe(false);

    expect('session' in (await identity.enter(region, 'li.na', password, start, visit)), 'not asked yet').toBe(true);
    await expect(identity.secondFactor.confirm(session, '000000', start)).rejects.toMatchObject(wrongCode);
    codes = await identity.secondFactor.confirm(session, codeAt(secret, start), start);
    expect(new Set(codes).size).toBe(10);
    expect(await identity.secondFactor.offered(session, start, names)).toBeUndefined();
    expect(await identity.secondFactor.factors(session)).toEqual({
      totp: true,
      recoveryCodes: 10,
      passkeys: 0,
      resetAt: null,
    });
    await identity.secondFactor.offer(session, start);
    expect(await identity.secondFactor.factors(session), 'one in use is not replaced').toMatchObject({ totp: true });
  });
});

describe('signing in', () => {
  test('a password alone opens nothing, here or for machines', async () => {
    const step = await waiting(later(60));
    expect(await identity.session(step, later(60))).toBeUndefined();
    await expect(identity.signIn(region, 'li.na', password, later(60), visit)).rejects.toThrow('second-step-required');
    expect('session' in (await identity.enter(region, 'other', password, later(60), visit))).toBe(true);
  });

  test('the code opens it, once: the same code is not taken again, nor an older one', async () => {
    const step = await waiting(later(90));
    await expect(identity.enterSecond(step, '000000', later(90), visit)).rejects.toMatchObject(wrongCode);
    const code = codeAt(secret, later(90));
    const { session: opened } = await identity.enterSecond(
      step,
      ` ${code.slice(0, 3)} ${code.slice(3)}`,
      later(90),
      visit,
    );
    expect(opened.actor).toMatchObject({ kind: 'staff', name: '李娜' });
    await expect(identity.enterSecond(step, code, later(90), visit)).rejects.toThrow('sign-in-failed');
    const again = await waiting(later(91));
    await expect(identity.enterSecond(again, code, later(91), visit)).rejects.toMatchObject(wrongCode);
    await expect(identity.enterSecond(again, codeAt(secret, later(60)), later(91), visit)).rejects.toMatchObject(
      wrongCode,
    );
  });

  test('of two at once with one code, one gets in', async () => {
    const at = later(300);
    const steps = [await waiting(at), await waiting(at)];
    const tries = await Promise.allSettled(
      steps.map((step) => identity.enterSecond(step, codeAt(secret, at), at, visit)),
    );
    expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('a code on paper opens it, once', async () => {
    const at = later(600);
    await identity.enterSecond(await waiting(at), codes[0]?.toLowerCase() ?? '', at, visit);
    await expect(identity.enterSecond(await waiting(at), codes[0] ?? '', at, visit)).rejects.toMatchObject(wrongCode);
    expect(await identity.secondFactor.factors(session)).toEqual({
      totp: true,
      recoveryCodes: 9,
      passkeys: 0,
      resetAt: null,
    });
  });

  test('codes cannot be tried without end, even with the right password each time', async () => {
    const at = later(900);
    for (let n = 0; n < 5; n += 1)
      await expect(identity.enterSecond(await waiting(at), '000000', at, visit)).rejects.toMatchObject(wrongCode);
    await expect(identity.enterSecond(await waiting(at), codeAt(secret, at), at, visit)).rejects.toMatchObject({
      fields: [{ field: 'code', code: 'code-wait', params: { minutes: 1 } }],
    });
  });

  test('who has found the password keeps nobody out of a browser the account knows, and guesses there no longer', async () => {
    const at = later(950);
    const wrong = async (device?: string) =>
      identity
        .enterSecond(await waiting(at), '000000', at, { ...visit, device })
        .catch((error) => error.fields[0].code);
    const { device } = await identity.enterSecond(await waiting(at), codeAt(secret, at), at, visit);
    for (let n = 0; n < 6; n += 1) await wrong();
    expect(await wrong(`${region}.${'a'.repeat(43)}`), 'an invented browser is a stranger').toBe('code-wait');
    const next = later(1000);
    const entered = await identity.enterSecond(await waiting(next), codeAt(secret, next), next, { ...visit, device });
    expect(entered.session.actor).toMatchObject({ kind: 'staff' });
    for (let n = 0; n < 5; n += 1) expect(await wrong(device)).toBe('code-wrong');
    expect(await wrong(device), 'who stole the browser waits too').toBe('code-wait');
  });

  test('who waits too long starts again, and so does who never gave a password', async () => {
    const step = await waiting(later(1200));
    const at = later(1801);
    await expect(identity.enterSecond(step, codeAt(secret, at), at, visit)).rejects.toThrow('sign-in-failed');
    for (const invented of ['', `${region}.${'a'.repeat(43)}`])
      await expect(identity.enterSecond(invented, codeAt(secret, at), at, visit)).rejects.toThrow('sign-in-failed');
  });

  test('new codes end the old ones; turned off, the password is enough again', async () => {
    const at = later(2000);
    const fresh = (await identity.enterSecond(await waiting(at), codes[1] ?? '', at, visit)).session;
    const [next = ''] = await identity.secondFactor.newCodes(fresh, at);
    await expect(identity.enterSecond(await waiting(at), codes[2] ?? '', at, visit)).rejects.toMatchObject(wrongCode);
    await identity.enterSecond(await waiting(at), next, at, visit);
    await identity.secondFactor.remove(fresh, at);
    expect('session' in (await identity.enter(region, 'li.na', password, at, visit))).toBe(true);
  });
});
