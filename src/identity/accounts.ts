import { openTrail, type Trail, type TrailEntry } from '../ledger/door.ts';
import { type Db, type IdSource, type Limits, type Page, Problem, pageFrom } from '../platform/door.ts';
import type { StaffActor } from './actor.ts';
import { reasonIn } from './clients.ts';
import { assertCan } from './policy.ts';
import { otherAdministrators } from './power.ts';
import type { Moment } from './powers.ts';
import { hashOfCode, newCode, startUntil } from './recovery.ts';
import type { Session } from './sessions.ts';
import { sightFor } from './sight.ts';
import {
  type AccountRow,
  accountById,
  accountsFound,
  endEverySession,
  type ListedAccount,
  lastOf,
  lockAccounts,
  type Reset,
  resetOf,
  resetSecond,
  standingOf,
  switchAccount,
  switchedOff,
} from './store-accounts.ts';
import type { StaffSearch } from './store-staff.ts';
import { holdsAny, noteStart, putStart } from './store-starts.ts';

export type Accounts = ReturnType<typeof openAccounts>;
type Needs = {
  db: Db;
  ids: IdSource;
  limits: Pick<Limits, 'startCode'>;
  trail?: Trail;
  /** Makes this process forget at once who is signed in; others are told by the database. */
  changed: () => void;
};
/** Who looks after accounts: a system administrator, or whoever runs the node, at the command line. */
export type Keeper = StaffActor | { kind: 'system'; id: 'setup'; region: string };

/**
 * Opens what is done to accounts of others: switched off and on, a lost second step taken away, another start code given. All of it takes effect at
 * once and stands in the trail, in the same transaction; powers stay on record and are the security administrator's.
 */
export function openAccounts({ db, ids, limits, trail = openTrail(db, ids), changed }: Needs) {
  return {
    /** A page of the accounts of the county. */
    async list(actor: StaffActor, now: Date, search: StaffSearch = {}): Promise<Page<AccountRow>> {
      assertCan(actor, 'account.manage', { kind: 'house' });
      const found = await accountsFound(db.seenBy(sightFor(actor)), actor.region, search, now);
      return pageFrom(await withStanding(actor, found, now));
    },
    /** One account; throws `account-not-found`. */
    async get(actor: StaffActor, id: string, now: Date): Promise<AccountRow> {
      assertCan(actor, 'account.manage', { kind: 'house' });
      const found = await accountById(db.seenBy(sightFor(actor)), actor.region, id, now);
      const [account] = await withStanding(actor, found ? [found] : [], now);
      if (!account) throw new Problem('account-not-found');
      return account;
    },
    /**
     * Ends every session of an account and lets nobody in by it. Throws `own-account`, and `last-administrator` when
     * nobody would be left to do what it does for the house.
     */
    async switchOff(actor: StaffActor, id: string, reason: string, moment: Moment): Promise<void> {
      mayKeep(actor, id, reason);
      await change(actor, { what: 'account.switch-off', id, reason }, moment, async (tx) => {
        const last = await lastOf(tx, actor.region, id, moment.at);
        if (last.length > 0) throw new Problem('last-administrator');
        if (!(await switchAccount(tx, switching(actor, id, false, reason, moment)))) return false;
        await endEverySession(tx, actor.region, id);
        return true;
      });
    },
    /** Lets it sign in again, with the powers it holds by then. */
    async switchOn(actor: StaffActor, id: string, reason: string, moment: Moment): Promise<void> {
      mayKeep(actor, id, reason);
      await change(actor, { what: 'account.switch-on', id, reason }, moment, (tx) =>
        switchAccount(tx, switching(actor, id, true, reason, moment)),
      );
    },
    /**
     * Takes away a second step its owner has lost: every session ends, and the next one opens nothing but the setting up
     * of another. Who asks has made sure that it is the owner who lost it, and hands them the code this gives back: the
     * password alone lets nobody in. The code is good once and for a few days (`secondReset` of the limits); another reset gives
     * another.
     */
    async resetSecond(actor: Keeper, id: string, reason: string, moment: Moment): Promise<string> {
      mayKeep(actor, id, reason);
      const { region } = actor;
      const code = newCode(ids.token());
      const resetting = { region, id, by: actor.id, at: moment.at, codeHash: hashOfCode(region, id, code) };
      await change(actor, { what: 'account.second-reset', id, reason }, moment, async (tx) => {
        if (!(await resetSecond(tx, resetting))) return false;
        await endEverySession(tx, region, id);
        return true;
      });
      return code;
    },
    /**
     * Gives an account that has forgotten its password the code to set another with, in place of the one before. Until it is
     * used nothing else changes, or who gives it could keep a colleague out. The other two administrators get theirs from
     * whoever runs the node: who could set their passwords would hold all three administrations.
     */
    async giveStart(actor: Keeper, id: string, reason: string, moment: Moment): Promise<string> {
      mayKeep(actor, id, reason);
      const { region } = actor;
      const { at } = moment;
      const code = newCode(ids.token());
      const hash = hashOfCode(region, id, code);
      const start = { region, id, hash, by: actor.id, at, until: startUntil(limits, at) };
      await change(actor, { what: 'account.start-code', id, reason }, moment, async (tx) => {
        if (actor.kind === 'staff' && (await holdsAny(tx, region, id, otherAdministrators, at)))
          throw new Problem('start-code-apart');
        if (!(await noteStart(tx, start))) return false;
        await putStart(tx, start);
        return true;
      });
      return code;
    },
    /** What the owner is told when they set up another second step. */
    async resetOf({ actor }: Session): Promise<Reset | undefined> {
      return actor.kind === 'staff' ? resetOf(db, actor.region, actor.id) : undefined;
    },
    /** Accounts that are switched off, for what gives back what they were at work on. */
    switchedOff: (region: string): Promise<string[]> => switchedOff(db, region),
  };

  async function withStanding({ region }: StaffActor, found: ListedAccount[], now: Date): Promise<AccountRow[]> {
    const ids = found.map(({ id }) => id);
    const standing = await standingOf(db, region, ids, now);
    return found.flatMap((account) => {
      const stands = standing.get(account.id);
      return stands ? [{ ...account, ...stands }] : [];
    });
  }

  type Change = { what: string; id: string; reason: string };
  async function change(
    actor: Keeper,
    { what, id, reason }: Change,
    { at, from, requestId }: Moment,
    work: (tx: Db) => Promise<boolean>,
  ): Promise<void> {
    const { region } = actor;
    const who: TrailEntry['who'] = { kind: actor.kind, id: actor.id };
    await db.transaction(async (tx) => {
      await lockAccounts(tx, region);
      if (!(await work(tx))) throw new Problem('nothing-to-do');
      const said = { kind: 'power', what, about: id, reason: `${what}:${reason.trim()}`, outcome: 'done' } as const;
      await trail.recordIn(tx, { region, at, who, from, requestId, ...said });
    });
    changed();
  }
}

/** Asks the policy, and for a reason; nobody does it to themself. */
function mayKeep(actor: Keeper, id: string, reason: string): void {
  if (actor.kind === 'staff') assertCan(actor, 'account.manage', { kind: 'house' });
  if (actor.id === id) throw new Problem('own-account');
  const wrong = reasonIn(reason);
  if (wrong.length > 0) throw new Problem('form-invalid', {}, wrong);
}

const switching = (actor: StaffActor, id: string, active: boolean, reason: string, { at }: Moment) => ({
  ...{ region: actor.region, id, active, by: actor.id, reason: reason.trim(), at },
});
