import type { Db } from '../platform/door.ts';
import type { StaffRow } from './powers.ts';

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
