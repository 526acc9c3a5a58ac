import { normalise } from '../elements/door.ts';
import { pageSize } from '../platform/door.ts';

/** The SQL of finding accounts of staff, a page at a time. */

/** What accounts are looked for: all, or those by words in the name, the login or the agency; and how many to pass over. */
export type StaffSearch = { q?: string; offset?: number };

/** For a statement: accounts of a county as `t`, those switched off last, one more than a page. Takes `staffAsked`. */
export const staffPage = `(
  select s.region, s.id, s.login, s.name, s.division, s.agency, s.active, s.last_sign_in, s.switched_at, s.switched_by,
         s.switch_reason, s.second_reset_at
    from identity.staff s
   where s.region = $1 and ($2 = '' or strpos(lower(s.name), $2) > 0 or strpos(s.login, $2) > 0
      or s.agency in (select a.id from identity.agency a
                       where a.region = $1 and (strpos(lower(a.name ->> 'zh'), $2) > 0 or strpos(lower(a.name ->> 'en'), $2) > 0)))
   order by s.active desc, s.agency, s.name, s.id offset $3 limit $4) t`;

/** The same order once more, for what is read beside them. */
export const staffOrder = 't.active desc, t.agency, t.name, t.id';

/** $1 to $4 of `staffPage`. */
export function staffAsked(region: string, { q = '', offset = 0 }: StaffSearch): unknown[] {
  const words = normalise({ type: 'text' }, q.slice(0, 100)).toLowerCase();
  return [region, words, offset, pageSize + 1];
}
