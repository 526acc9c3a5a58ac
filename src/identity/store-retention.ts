import type { Db, Keeping } from '../platform/door.ts';

/** What of signing in is erased when its time is over; the room also does so by itself where it passes by. */
const tables: { class: string; table: string; time: string }[] = [
  { class: 'session', table: 'identity.session', time: 'expires_at' },
  { class: 'session', table: 'identity.sign_in_step', time: 'expires_at' },
  { class: 'session', table: 'identity.start_code', time: 'expires_at' },
  { class: 'session', table: 'identity.client_token', time: 'expires_at' },
  { class: 'session', table: 'identity.client_assertion', time: 'expires_at' },
  { class: 'session', table: 'identity.provider_request', time: 'expires_at' },
  { class: 'known-device', table: 'identity.known_device', time: 'used_at' },
  { class: 'sign-in-attempt', table: 'identity.sign_in_attempt', time: 'last_at' },
];

export function openRetention(db: Db, regions: string[]): Keeping[] {
  return tables.map(({ class: name, table, time }) => ({
    class: name,
    async count(before) {
      const [row] = await db.query<{ count: number }>(
        `select count(*) as count from ${table} where region = any($1) and ${time} < $2`,
        [regions, before],
      );
      return row?.count ?? 0;
    },
    async erase(before) {
      const rows = await db.query(`delete from ${table} where region = any($1) and ${time} < $2 returning 1`, [
        regions,
        before,
      ]);
      return rows.length;
    },
  }));
}
