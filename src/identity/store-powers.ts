import { type Db, pageSize, type Seen } from '../platform/door.ts';
import type { StaffActor } from './actor.ts';
import { administrators, type Power, type Role } from './power.ts';
import type { StaffRow } from './powers.ts';
import { type StaffSearch, staffAsked, staffOrder, staffPage } from './store-staff.ts';

/** The SQL of powers. */

/**
 * The powers of an account as a JSON array, for a statement that has it: those not revoked and not over at `now`, also
 * such as have yet to begin. What a colleague lent is gone when the colleague's account is switched off.
 */
export function powersHeld(region: string, account: string, now: string): string {
  return `(select coalesce(json_agg(json_strip_nulls(json_build_object(
             'id', w.id, 'role', w.role, 'division', w.division, 'agency', w.agency, 'item', w.item, 'number', w.number,
             'from', w.valid_from, 'until', w.valid_until,
             'lentBy', case when o.id is not null then json_build_object('id', o.id, 'name', o.name) end)) order by w.id), '[]')
      from identity.power w
      left join identity.staff o on o.region = w.region and o.id = w.lent_by and o.active
     where w.region = ${region} and w.account = ${account} and w.revoked_at is null
       and (w.valid_until is null or w.valid_until > ${now}) and (w.lent_by is null or o.id is not null))`;
}

/** An account that is not switched off, with its powers. */
export async function staffWithPowers(db: Db, region: string, id: string, now: Date): Promise<StaffRow | undefined> {
  const rows = await db.query<StaffRow>(
    `select t.id, t.name, t.division, t.agency, ${powersHeld('t.region', 't.id', '$3')} as powers
       from identity.staff t where t.region = $1 and t.id = $2 and t.active`,
    [region, id, now],
  );
  return rows[0];
}

/** An account, switched off or not, with its powers. */
export async function personWithPowers(db: Seen, region: string, id: string, now: Date): Promise<StaffRow | undefined> {
  const rows = await db.query<StaffRow>(
    `select ${personColumns('$3')} from identity.staff t where t.region = $1 and t.id = $2`,
    [region, id, now],
  );
  return rows[0];
}

/** Accounts of a county with their powers: a page, and the first of the next. */
export function peopleFound(db: Seen, region: string, search: StaffSearch, now: Date): Promise<StaffRow[]> {
  return db.query<StaffRow>(`select ${personColumns('$5')} from ${staffPage} order by ${staffOrder}`, [
    ...staffAsked(region, search),
    now,
  ]);
}

const personColumns = (now: string) =>
  `t.id, t.name, t.division, t.agency, not t.active as off, ${powersHeld('t.region', 't.id', now)} as powers`;

export type Colleague = { id: string; name: string };

/** Who else works for an agency, without administrators and whose account is switched off: all of them, for a choice is made among them. */
export function colleaguesOf(db: Seen, { region, agency, id }: StaffActor, now: Date): Promise<Colleague[]> {
  return db.query<Colleague>(
    `select t.id, t.name from identity.staff t
      where t.region = $1 and t.agency = $2 and t.active and t.id <> $3
        and not exists (select from identity.power w
                         where w.region = t.region and w.account = t.id and w.role = any($4)
                           and w.revoked_at is null and (w.valid_until is null or w.valid_until > $5))
      order by t.name, t.id`,
    [region, agency, id, administrators, now],
  );
}

export type NewPower = Power & {
  region: string;
  account: string;
  grantedBy: string;
  at: Date;
  reason: string;
  lentFrom?: string;
};

/** Writes a power; false when its holder has another administration already. */
export async function insertPower(tx: Db, power: NewPower): Promise<boolean> {
  const { region, id, account, role, division, agency, item, number, from, until, lentBy, lentFrom } = power;
  const rows = await tx.query(
    `insert into identity.power (region, id, account, role, division, agency, item, number, valid_from, valid_until,
                                 granted_by, granted_at, reason, lent_by, lent_from)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
     on conflict (region, account) where role in ('system-admin', 'security-admin', 'audit-admin') and revoked_at is null
     do nothing returning id`,
    [
      ...[region, id, account, role, division, agency, item ?? null, number ?? null, from ?? null, until ?? null],
      ...[power.grantedBy, power.at, power.reason, lentBy?.id ?? null, lentFrom ?? null],
    ],
  );
  return rows.length > 0;
}

export type Revocation = { region: string; id: string; by: string; at: Date; reason: string };

/**
 * Revokes a power, and what was lent from it with it; gives whose they were. `by` may not revoke their own unless it
 * is `lentBy` them.
 */
export function revokePower(
  tx: Db,
  { region, id, by, at, reason }: Revocation,
  lentBy: string | null,
): Promise<{ id: string; account: string; role: string }[]> {
  return tx.query(
    `update identity.power w set revoked_at = $4, revoked_by = $3, revoke_reason = $5
      where w.region = $1 and w.revoked_at is null and (w.id = $2 or w.lent_from = $2)
        and exists (select from identity.power p
                     where p.region = $1 and p.id = $2 and p.account <> $3 and p.revoked_at is null and p.role <> 'break-glass'
                       and ($6::text is null or p.lent_by = $6))
      returning id, account, role`,
    [region, id, by, at, reason, lentBy],
  );
}

export type Lent = { id: string; role: Role; item: string | null; until: string; to: string; reason: string };

/** What somebody has lent and not taken back. */
export function lentBy(db: Seen, region: string, account: string, now: Date): Promise<Lent[]> {
  return db.query<Lent>(
    `select w.id, w.role, w.item, w.valid_until as until, t.name as to, w.reason
       from identity.power w join identity.staff t on t.region = w.region and t.id = w.account
      where w.region = $1 and w.lent_by = $2 and w.revoked_at is null and w.valid_until > $3 order by w.valid_until, w.id`,
    [region, account, now],
  );
}

export type Opening = {
  id: string;
  number: string;
  name: string;
  agency: string;
  reason: string;
  at: string;
  until: string;
  verdict: 'justified' | 'unjustified' | null;
  remark: string | null;
  reviewer: string | null;
};

/** Cases opened in an emergency, those without a review first, then the latest: a page, and the first of the next. */
export function openings(db: Seen, region: string, offset: number): Promise<Opening[]> {
  return db.query<Opening>(
    `select w.id, w.number, t.name, w.agency, w.reason, w.granted_at as at, w.valid_until as until,
            r.verdict, r.remark, s.name as reviewer
       from identity.power w
       join identity.staff t on t.region = w.region and t.id = w.account
       left join identity.break_glass_review r on r.region = w.region and r.power = w.id
       left join identity.staff s on s.region = r.region and s.id = r.reviewed_by
      where w.region = $1 and w.role = 'break-glass'
      order by r.power is not null, w.granted_at desc, w.id offset $2 limit $3`,
    [region, offset, pageSize + 1],
  );
}

/** How many accesses in an emergency nobody has reviewed. */
export async function openReviews(db: Seen, region: string): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    `select count(*) as count from identity.power w where w.region = $1 and w.role = 'break-glass'
        and not exists (select from identity.break_glass_review r where r.region = w.region and r.power = w.id)`,
    [region],
  );
  return row?.count ?? 0;
}

export type Review = { region: string; power: string; verdict: 'justified' | 'unjustified'; remark: string };

/** Writes a review, once, of somebody else's access; false when there is one or nothing to review. */
export async function insertReview(tx: Db, review: Review, by: string, at: Date): Promise<boolean> {
  const rows = await tx.query(
    `insert into identity.break_glass_review (region, power, verdict, remark, reviewed_by, reviewed_at)
     select region, id, $3, $4, $5, $6 from identity.power
      where region = $1 and id = $2 and role = 'break-glass' and account <> $5
     on conflict do nothing returning power`,
    [review.region, review.power, review.verdict, review.remark, by, at],
  );
  return rows.length > 0;
}
