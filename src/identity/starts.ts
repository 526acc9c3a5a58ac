import { openTrail, type Trail, type TrailEntry } from '../ledger/door.ts';
import {
  type Db,
  type FieldProblem,
  type IdSource,
  type Limits,
  type Once,
  Problem,
  takeOnce,
} from '../platform/door.ts';
import type { Keeper } from './accounts.ts';
import type { Agencies } from './agencies.ts';
import { covers, padCode } from './division.ts';
import type { Divisions } from './divisions.ts';
import type { NewPasswordProblem } from './new-password.ts';
import { hashPassword } from './passwords.ts';
import { assertCan } from './policy.ts';
import { otherAdministrators } from './power.ts';
import type { Moment } from './powers.ts';
import { hashOfCode, newCode, startUntil } from './recovery.ts';
import { notAtKiosk, type Session } from './sessions.ts';
import type { Visit } from './sign-in.ts';
import { accountAdded, plainLogin, rolesToAdd, wrongInAccount } from './staff.ts';
import { addStaffRow, savePassword, staffByLogin } from './store.ts';
import { endEverySession } from './store-accounts.ts';
import { forgetDevices } from './store-attempts.ts';
import { holdsAny, putStart, type StartGiven, startGivenOf, takeStart } from './store-starts.ts';
import type { Throttle } from './throttle.ts';

/** What an administrator types to make an account; roles come from the command line only. */
export type AccountForm = { login: string; name: string; agency: string; division: string; roles?: string[] };
/** What somebody types who has a code. */
export type StartForm = { region: string; name: string; code: string; next: string; again: string };
export type Starts = ReturnType<typeof openStarts>;
type Needs = {
  db: Db;
  ids: IdSource;
  agencies: Agencies;
  divisions: Divisions;
  throttle: Throttle;
  limits: Pick<Limits, 'startCode'>;
  /** Counties served here. */
  regions: string[];
  newPasswordProblem: NewPasswordProblem;
  /** Makes this process forget sessions at once; others are told by the database. */
  changed: () => void;
  trail?: Trail;
};

/** Whoever runs the node, as the command line names them. */
const operator: Keeper['id'] = 'setup';

/** Opens how colleagues begin: an account without a password, and a password set with the code that was handed over. */
export function openStarts(options: Needs) {
  const { db, ids, agencies, divisions, throttle, limits, regions, newPasswordProblem, changed } = options;
  const { trail = openTrail(db, ids) } = options;
  return { add, codeOf, set, given };

  /**
   * Makes an account that comes in with the code this gives; throws everything that is wrong at once. It has no powers, which
   * the security administrator grants: only whoever runs the node gives some with it.
   */
  async function add(keeper: Keeper, form: AccountForm, moment: Moment): Promise<{ id: string; code: string }> {
    if (keeper.kind === 'staff') assertCan(keeper, 'account.manage', { kind: 'house' });
    const { region } = keeper;
    const { login: typed, name, agency, division } = form;
    const staff = { id: ids.id(region), region, login: plainLogin(typed), name: name.trim(), agency, division };
    const roles = keeper.kind === 'system' ? (form.roles ?? []) : [];
    const wrong = wrongInAccount(staff, agencies.all(region));
    if (keeper.kind === 'system') wrong.push(...rolesToAdd(roles).wrong);
    else if (wrong.every(({ field }) => field !== 'division')) wrong.push(...(await wrongPlace(region, division)));
    if (wrong.length > 0) throw new Problem('form-invalid', {}, wrong);
    const code = moment.once ? codeOf(moment.once) : newCode(ids.token());
    const { at } = moment;
    await db.transaction(async (tx) => {
      await takeOnce(tx, moment.once, staff.id);
      const powers = rolesToAdd(roles).roles;
      if (!(await addStaffRow(tx, { ...staff, active: true }, powers, null))) throw loginTaken();
      const hash = hashOfCode(region, staff.id, code);
      await putStart(tx, { region, id: staff.id, hash, by: keeper.id, at, until: startUntil(limits, at) });
      await trail.recordIn(tx, entry(region, keeper, moment, accountAdded(staff, powers)));
    });
    return { id: staff.id, code };
  }

  /** The code an account was made with under an id of who made it: kept nowhere, and told again to them alone. */
  function codeOf({ secret }: Pick<Once, 'secret'>): string {
    return newCode(secret.toString('base64url'));
  }

  /** An administrator makes accounts of the county and below; who runs the node makes those of a city above it too. */
  async function wrongPlace(region: string, division: string): Promise<FieldProblem[]> {
    const known = covers(padCode(region), division) && (await divisions.find(division))?.code === division;
    return known ? [] : [{ field: 'division', code: 'division-unknown' }];
  }

  /**
   * Sets the password of whoever has a code. Then the old one is gone and everything it had opened has ended; a second step
   * stays. Nobody is in by it: signing in comes after. What is wrong with the password is said to anybody, for it depends on
   * nothing kept here; whether the name or the code was wrong, or the code too old, is said to nobody and takes as long.
   */
  async function set(given: StartForm, moment: Moment, visit: Visit): Promise<void> {
    const { region, next } = given;
    const { at } = moment;
    if (!regions.includes(region)) throw wrongCode('start-code-wrong');
    const login = plainLogin(given.name).slice(0, 100);
    await assertNewPassword(given, login);
    notAtKiosk(visit.on);
    const account = await staffByLogin(db, region, login);
    const turn = await throttle.enter(region, login, visit, at, account?.id);
    if (typeof turn === 'number') throw wrongCode('code-wait', { minutes: Math.ceil(turn / 60) });
    const passwordHash = await hashPassword(next);
    const id = account?.id ?? '';
    const hash = hashOfCode(region, id, given.code.slice(0, 60));
    const isSet = await db.transaction(async (tx) => {
      const by = await takeStart(tx, { region, id, hash, at });
      if (by === undefined) return false;
      // Who gave a colleague's code knows it: the colleague may have become another administrator since.
      if (by !== operator && (await holdsAny(tx, region, id, otherAdministrators, at))) return false;
      await savePassword(tx, region, id, passwordHash);
      await forgetDevices(tx, region, id);
      await endEverySession(tx, region, id);
      await trail.recordIn(tx, entry(region, { kind: 'staff', id }, moment, { about: id, detail: { by } }));
      return true;
    });
    if (!isSet) {
      const failed = { about: account?.id, outcome: 'failed' } as const;
      await trail.record(entry(region, { kind: 'guest', id: '' }, moment, failed));
      throw wrongCode('start-code-wrong');
    }
    changed();
    await throttle.leave(turn, at);
  }

  async function assertNewPassword({ next, again }: StartForm, login: string): Promise<void> {
    const weak = await newPasswordProblem(next, login);
    const wrong: FieldProblem[] = weak ? [weak] : [];
    if (next !== again) wrong.push({ field: 'again', code: 'password-differs' });
    if (wrong.length > 0) throw new Problem('form-invalid', {}, wrong);
  }

  /** What the owner is told: who last gave their account another code, and when. */
  async function given({ actor }: Session): Promise<StartGiven | undefined> {
    return actor.kind === 'staff' ? startGivenOf(db, actor.region, actor.id) : undefined;
  }
}

const wrongCode = (code: string, params = {}) => new Problem('form-invalid', {}, [{ field: 'code', code, params }]);
const loginTaken = () => new Problem('form-invalid', {}, [{ field: 'login', code: 'login-taken' }]);

type Told = Pick<TrailEntry, 'about'> & Partial<TrailEntry>;
function entry(region: string, { kind, id }: TrailEntry['who'], moment: Moment, told: Told): TrailEntry {
  const { at, from, requestId } = moment;
  const used = { kind: 'sign-in', what: 'account.start', outcome: 'done' } as const;
  return { region, at, who: { kind, id }, from, requestId, ...used, ...told };
}
