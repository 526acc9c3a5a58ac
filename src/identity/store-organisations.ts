import { rowsAsActs } from '../ledger/door.ts';
import { type Db, pageSize, type Seen, type Vault } from '../platform/door.ts';
import type { Organisation, OrganisationAct, OrganisationPower } from './organisations.ts';

/** The SQL of organisations and of who may act for them. */
type Place = { region: string; organisation: string };
/** What a power lets its holder do. */
export type Reach = { items: string[] | null; until: string | null };
export type PowerRow = Omit<OrganisationPower, 'organisation'> & { holderIndex: Buffer };

const powerColumns = `w.ref, w.holder_name as holder, w.kind, w.items, w.until::text as until, w.since, w.holder_index as "holderIndex"`;

/** The organisation of a credit code, made or brought up to date: its name is the register's. */
export async function keepOrganisation(db: Db, given: Organisation, at: Date): Promise<Organisation> {
  const rows = await db.query<Organisation>(
    `insert into identity.organisation as o (region, id, credit_code, name, created_at) values ($1, $2, $3, $4, $5)
     on conflict (region, credit_code) do update set name = excluded.name
     returning region, id, credit_code as "creditCode", name`,
    [given.region, given.id, given.creditCode, given.name, at],
  );
  return rows[0] ?? given;
}

/** What a person ($2) holds on a day ($3) for organisations. */
const held = `identity.person p
       join identity.organisation_power w
         on w.region = p.region and w.holder_index = p.id_card_index and w.holder_name = p.name
       join identity.organisation o on o.region = w.region and o.id = w.organisation
      where p.region = $1 and p.id = $2 and (w.until is null or w.until >= $3::date)`;

/** What a person may act for on a day: a page, and the first of the next. */
export function organisationsOf(
  db: Db,
  { region, id }: { region: string; id: string },
  day: string,
  offset: number,
): Promise<(Organisation & Pick<OrganisationPower, 'kind' | 'items' | 'until'>)[]> {
  return db.query(
    `select o.region, o.id, o.credit_code as "creditCode", o.name, w.kind, w.items, w.until::text as until
       from ${held} order by o.name, o.id offset $4 limit $5`,
    [region, id, day, offset, pageSize + 1],
  );
}

/** Whether a person may act for an organisation on a day. */
export async function mayActFor(
  db: Db,
  { region, id }: { region: string; id: string },
  day: string,
  organisation: string,
): Promise<boolean> {
  const rows = await db.query(`select from ${held} and o.id = $4 limit 1`, [region, id, day, organisation]);
  return rows.length > 0;
}

/** Powers of an organisation, the representative's first: a page, and the first of the next. */
export function powersOf(db: Seen, { region, organisation }: Place, offset: number): Promise<PowerRow[]> {
  return db.query<PowerRow>(
    `select ${powerColumns} from identity.organisation_power w
      where w.region = $1 and w.organisation = $2 order by w.kind desc, w.since, w.ref offset $3 limit $4`,
    [region, organisation, offset, pageSize + 1],
  );
}

/** The power that is called so. */
export const powerByRef = (db: Seen, place: Place, ref: string) => onePower(db, place, 'ref = $3', ref);
/** The power of whoever has this ID card, by its blind indexes. */
export const powerByHolder = (db: Db, place: Place, indexes: Buffer[]) =>
  onePower(db, place, 'holder_index = any($3)', indexes);
/** The power of the legal representative. */
export const representativeOf = (db: Db, place: Place) => onePower(db, place, 'kind = $3', 'representative');

async function onePower(
  db: Seen,
  { region, organisation }: Place,
  condition: string,
  value: string | Buffer[],
): Promise<PowerRow | undefined> {
  const rows = await db.query<PowerRow>(
    `select ${powerColumns} from identity.organisation_power w
      where w.region = $1 and w.organisation = $2 and w.${condition}`,
    [region, organisation, value],
  );
  return rows[0];
}

/**
 * Powers that were given to somebody before the key of the blind indexes changed, and that could not be moved then because
 * nobody knew whose they are: now somebody comes with the ID card, and they lie under today's key like all others.
 */
export async function claimPowers(
  tx: Db,
  vault: Vault,
  { region, idCard }: { region: string; idCard: string },
): Promise<void> {
  const indexes = vault.blindIndexes(idCard, 'id-card', region);
  if (indexes.length < 2) return;
  const given = [region, indexes, vault.indexToWrite(idCard, 'id-card', region)];
  const theirs = `region = $1 and holder_index = any($2) and holder_index <> platform.pick_index($3)`;
  // An update that finds nothing would be told to every process all the same.
  const rows = await tx.query(`select from identity.organisation_power where ${theirs}`, given);
  if (rows.length > 0)
    await tx.query(
      `update identity.organisation_power set holder_index = platform.pick_index($3) where ${theirs}`,
      given,
    );
}

/** Gives a power, or changes what the holder's power reaches. `holderIndex` as it is to be written. */
export async function putPower(
  db: Db,
  place: Place,
  power: Pick<PowerRow, 'holderIndex' | 'holder' | 'ref' | 'kind'> & Reach,
  at: Date,
): Promise<string> {
  const rows = await db.query<{ ref: string }>(
    `insert into identity.organisation_power as w
       (region, organisation, holder_index, holder_name, ref, kind, items, until, since)
     values ($1, $2, platform.pick_index($3), $4, $5, $6, $7, $8, $9)
     on conflict (region, organisation, holder_index)
       do update set holder_name = excluded.holder_name, kind = excluded.kind, items = excluded.items, until = excluded.until
     returning ref`,
    [
      place.region,
      place.organisation,
      power.holderIndex,
      power.holder,
      power.ref,
      power.kind,
      power.items,
      power.until,
      at,
    ],
  );
  return rows[0]?.ref ?? power.ref;
}

/** Changes what an agent's power reaches; its holder's name, or nothing when there is none. */
export async function limitPower(db: Db, place: Place, ref: string, reach: Reach): Promise<string | undefined> {
  const rows = await db.query<{ holder: string }>(
    `update identity.organisation_power set items = $4, until = $5
      where region = $1 and organisation = $2 and ref = $3 and kind = 'agent' returning holder_name as holder`,
    [place.region, place.organisation, ref, reach.items, reach.until],
  );
  return rows[0]?.holder;
}

/** Takes back a power of a kind; its holder's name, or nothing when there is none. */
export async function dropPower(
  db: Db,
  place: Place,
  ref: string,
  kind: OrganisationPower['kind'],
): Promise<string | undefined> {
  const rows = await db.query<{ holder: string }>(
    `delete from identity.organisation_power
      where region = $1 and organisation = $2 and ref = $3 and kind = $4 returning holder_name as holder`,
    [place.region, place.organisation, ref, kind],
  );
  return rows[0]?.holder;
}

/** Writes down what was done; never changed again. */
export async function addAct(db: Db, { region, organisation }: Place, act: OrganisationAct & Reach): Promise<void> {
  await db.query(
    `insert into identity.organisation_act
       (region, organisation, id, at, act, by_person, via, ref, holder_name, items, until)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[region, organisation, act.id, act.at, act.act, act.by, act.via ?? null],
      ...[act.ref, act.holder, act.items, act.until],
    ],
  );
}

/** What was done, the latest first: a page, and the first of the next. */
export function actsOf(
  db: Seen,
  { region, organisation }: Place,
  offset: number,
): Promise<(OrganisationAct & Reach)[]> {
  return db.query(
    `select id, at, act, by_person as by, via, ref, holder_name as holder, items, until::text as until
       from identity.organisation_act where region = $1 and organisation = $2
      order by at desc, id desc offset $3 limit $4`,
    [region, organisation, offset, pageSize + 1],
  );
}

/** For whom somebody acts in a session from now on; nobody: for themselves. */
export async function actFor(
  db: Db,
  session: { region: string; hash: Buffer; person: string },
  organisation: string | null,
): Promise<void> {
  await db.query(
    `update identity.session set organisation = $4
      where region = $1 and token_hash = $2 and subject_kind = 'person' and subject_id = $3`,
    [session.region, session.hash, session.person, organisation],
  );
}

/** What was done with powers of organisations, for the log of acts. */
export const readOrganisationActs = rowsAsActs({
  ...{ table: 'identity.organisation_act', number: 'id', type: `'organisation-' || r.act` },
});
