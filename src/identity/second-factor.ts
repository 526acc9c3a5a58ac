import { type Db, type IdSource, type Limits, Problem, placeOf, type Vault } from '../platform/door.ts';
import type { StaffActor } from './actor.ts';
import { codesAtOnce, hashOfCode, newCode } from './recovery.ts';
import { requireFresh, type Session } from './sessions.ts';
import { endReset } from './store-accounts.ts';
import {
  dropTotp,
  type Factors,
  factorsOf,
  offerTotp,
  replaceCodes,
  type TotpRow,
  takeCode,
  takeStep,
  totpOf,
  totpTable,
} from './store-second.ts';
import type { Throttle } from './throttle.ts';
import { addressOf, newSecret, spelled, stepOf } from './totp.ts';

export type Who = Pick<StaffActor, 'region' | 'id'>;
type Needs = {
  db: Db;
  ids: IdSource;
  vault: Vault;
  throttle: Throttle;
  limits: Pick<Limits, 'secondReset'>;
  /** Makes this process forget at once what it remembers of sessions. */
  changed: () => void;
};
/** A secret that waits for its first code, and the address an app reads it from. */
export type Offer = { secret: string; address: string };
export type SecondFactor = ReturnType<typeof openSecondFactor>;

/**
 * The second step of signing in: a code of an authenticator app, or one from paper. Changing any of it needs proof of
 * a moment ago.
 */
export function openSecondFactor({ db, ids, vault, throttle, limits, changed }: Needs) {
  return { factors, needed, offer, offered, confirm, remove, newCodes, check, firstCodes, dropCodesIfLast };

  async function factors({ actor }: Session): Promise<Factors | undefined> {
    return actor.kind === 'staff' ? factorsOf(db, actor.region, actor.id) : undefined;
  }

  /** Whether a password alone does not let them in: they have a second step, or have lost one and were given a code. */
  async function needed({ region, id }: Who): Promise<boolean> {
    const factors = await factorsOf(db, region, id);
    return isSetUp(factors) || factors.resetAt !== null;
  }

  /** Makes a secret for an app; it counts once the first code is right. */
  async function offer(session: Session, at: Date): Promise<void> {
    const { region, id } = owner(session, at);
    await offerTotp(db, region, id, vault.seal(newSecret(ids.token()), rowOf({ region, id })));
  }

  /** The secret that waits; nothing when there is none or it is in use: then it is never shown again. */
  async function offered(
    session: Session,
    at: Date,
    names: { issuer: string; label: string },
  ): Promise<Offer | undefined> {
    const who = owner(session, at);
    const row = await totpOf(db, who.region, who.id);
    if (!row || row.confirmedAt) return undefined;
    const secret = await secretOf(who, row);
    return { secret: spelled(secret), address: addressOf(secret, names.issuer, names.label) };
  }

  /** The first right code: from now on it is asked for. The first second step gives recovery codes, never shown again. */
  async function confirm(session: Session, code: string, at: Date): Promise<string[]> {
    const who = owner(session, at);
    const row = await totpOf(db, who.region, who.id);
    if (!row || row.confirmedAt) throw new Problem('nothing-to-do');
    const step = stepOf(await secretOf(who, row), code.replace(/\s/g, ''), at);
    if (step === undefined || !(await takeStep(db, who.region, who.id, step, at))) throw wrongCode();
    return firstCodes(who);
  }

  /** The account has one more second step: codes on paper for the first; none when it has some. */
  async function firstCodes(who: Who): Promise<string[]> {
    const wasReset = await endReset(db, who.region, who.id);
    changed();
    return !wasReset && (await factorsOf(db, who.region, who.id)).recoveryCodes > 0 ? [] : makeCodes(who);
  }

  /** Codes alone are no second step. */
  async function dropCodesIfLast(who: Who): Promise<void> {
    if (!isSetUp(await factorsOf(db, who.region, who.id))) await replaceCodes(db, who.region, who.id, []);
    changed();
  }

  async function remove(session: Session, at: Date): Promise<void> {
    const { region, id } = owner(session, at);
    await dropTotp(db, region, id);
    await dropCodesIfLast({ region, id });
  }

  /** Other codes in place of all that are left. */
  async function newCodes(session: Session, at: Date): Promise<string[]> {
    const who = owner(session, at);
    if (!isSetUp(await factorsOf(db, who.region, who.id))) throw new Problem('nothing-to-do');
    return makeCodes(who);
  }

  /** Takes a code at sign-in, of an app or from paper; throws what to say beside the field. `device` is the browser's cookie. */
  async function check(who: Who, given: string, at: Date, device?: string): Promise<void> {
    const turn = await throttle.enterSecond(who.region, who.id, device, at);
    if (typeof turn === 'number') throw wrongCode('code-wait', Math.ceil(turn / 60));
    const code = given.replace(/\s/g, '');
    const right = /^\d{6}$/.test(code) ? await isFromApp(who, code, at) : await isFromPaper(who, code, at);
    if (!right) throw wrongCode();
    await throttle.leave(turn, at);
  }

  async function isFromApp(who: Who, code: string, at: Date): Promise<boolean> {
    const row = await totpOf(db, who.region, who.id);
    if (!row?.confirmedAt) return false;
    const step = stepOf(await secretOf(who, row), code, at);
    return step !== undefined && takeStep(db, who.region, who.id, step, at);
  }

  async function isFromPaper({ region, id }: Who, code: string, at: Date): Promise<boolean> {
    const { resetAt } = await factorsOf(db, region, id);
    if (resetAt && at.getTime() > new Date(resetAt).getTime() + limits.secondReset.days * day) return false;
    return takeCode(db, region, id, hashOfCode(region, id, code), at);
  }

  async function makeCodes({ region, id }: Who): Promise<string[]> {
    const codes = Array.from({ length: codesAtOnce }, () => newCode(ids.token()));
    const hashes = codes.map((code) => hashOfCode(region, id, code));
    await replaceCodes(db, region, id, hashes);
    return codes;
  }

  function secretOf(who: Who, row: TotpRow): Promise<Buffer> {
    return vault.open(row.sealed, rowOf(who));
  }
}

const day = 24 * 3600_000;
const isSetUp = ({ totp, passkeys }: Factors) => totp || passkeys > 0;
const rowOf = ({ region, id }: Who) => placeOf(totpTable, [region, id]);

/** Who changes their own second step; they proved who they are a moment ago. */
export function owner(session: Session, at: Date): StaffActor {
  if (session.actor.kind !== 'staff') throw new Problem('not-allowed');
  requireFresh(session, at);
  return session.actor;
}

function wrongCode(code = 'code-wrong', minutes = 0): Problem {
  return new Problem('form-invalid', {}, [{ field: 'code', code, params: { minutes } }]);
}
