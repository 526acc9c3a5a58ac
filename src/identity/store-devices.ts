import { type Db, pageSize } from '../platform/door.ts';
import type { Device } from './device.ts';

/** The SQL of enrolled devices. */
const columns = `region, id, name, kind, division, enrolled_at as "enrolledAt", code_until as "codeUntil",
  opened_at as "openedAt", token_hash is not null as "inUse", last_seen as "lastSeen", revoked_at as "revokedAt"`;

/** Devices of a county, those revoked last: a page, and the first of the next. */
export function devicesOf(db: Db, region: string, offset: number): Promise<Device[]> {
  return db.query<Device>(
    `select ${columns} from identity.device where region = $1
      order by revoked_at nulls first, name, id offset $2 limit $3`,
    [region, offset, pageSize + 1],
  );
}

export async function deviceById(db: Db, region: string, id: string): Promise<Device | undefined> {
  const rows = await db.query<Device>(`select ${columns} from identity.device where region = $1 and id = $2`, [
    region,
    id,
  ]);
  return rows[0];
}

/** Whose cookie it is; read on every request of a device, so that a revocation counts with the next. */
export async function deviceByToken(db: Db, region: string, hash: Buffer): Promise<Device | undefined> {
  const rows = await db.prepared<Device>(
    'identity-device',
    `select ${columns} from identity.device where region = $1 and token_hash = $2 and revoked_at is null`,
    [region, hash],
  );
  return rows[0];
}

export type NewDevice = Pick<Device, 'region' | 'id' | 'name' | 'kind' | 'division'> & {
  by: string;
  at: Date;
  code: Buffer;
  codeUntil: Date;
};

export async function insertDevice(db: Db, device: NewDevice): Promise<void> {
  const { region, id, name, kind, division, by, at, code, codeUntil } = device;
  await db.query(
    `insert into identity.device (region, id, name, kind, division, enrolled_by, enrolled_at, code_hash, code_until)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [region, id, name, kind, division, by, at, code, codeUntil],
  );
}

type Key = { region: string; id: string };

/** Another code in place of whatever opened it before; false when it is revoked or not there. */
export async function giveCode(db: Db, { region, id }: Key, code: Buffer, until: Date): Promise<boolean> {
  const rows = await db.query(
    `update identity.device set code_hash = $3, code_until = $4, token_hash = null
      where region = $1 and id = $2 and revoked_at is null returning 1`,
    [region, id, code, until],
  );
  return rows.length > 0;
}

/** Takes a code, once and in time; gives the device that is open from now on. */
export async function takeCode(
  db: Db,
  region: string,
  { code, token, at }: { code: Buffer; token: Buffer; at: Date },
): Promise<Device | undefined> {
  const rows = await db.query<Device>(
    `update identity.device set code_hash = null, code_until = null, token_hash = $3, opened_at = $4, last_seen = $4
      where region = $1 and code_hash = $2 and code_until > $4 and revoked_at is null returning ${columns}`,
    [region, code, token, at],
  );
  return rows[0];
}

/** False when it is revoked already or not there. */
export async function revokeDevice(db: Db, { region, id }: Key, by: string, at: Date): Promise<boolean> {
  const rows = await db.query(
    `update identity.device set revoked_at = $4, revoked_by = $3, code_hash = null, code_until = null, token_hash = null
      where region = $1 and id = $2 and revoked_at is null returning 1`,
    [region, id, by, at],
  );
  return rows.length > 0;
}

export async function deviceSeen(db: Db, { region, id }: Key, at: Date): Promise<void> {
  await db.query('update identity.device set last_seen = $3 where region = $1 and id = $2', [region, id, at]);
}
