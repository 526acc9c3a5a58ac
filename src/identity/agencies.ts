import type { Db, Text } from '../platform/door.ts';
import { padCode } from './division.ts';
import { agenciesOf, saveAgencies } from './store.ts';

/** An office that decides. */
export type Agency = {
  id: string;
  region: string;
  /** What an item names, e.g. `health`. */
  kind: string;
  name: Text;
  division: string;
  creditCode: string;
  /** True when it serves its own township only. */
  township: boolean;
};

export type Agencies = {
  get(id: string): Agency | undefined;
  all(region: string): Agency[];
  /** The agency of a kind that decides for a place: its township's own, or else the county's. */
  resolve(kind: string, division: string): Agency | undefined;
  /** What `told` writes stands with them or not at all. */
  save(agencies: Agency[], told?: (tx: Db) => Promise<void>): Promise<void>;
  /** Reads them again from the database. */
  refresh(): Promise<void>;
};

/** Reads the agencies of the served counties into memory, and again whenever somebody changes one. */
export async function openAgencies(db: Db, regions: string[]): Promise<Agencies> {
  let byId = new Map<string, Agency>();
  let byPlace = new Map<string, Agency>();
  const refresh = async () => {
    const rows = await agenciesOf(db, regions);
    byId = new Map(rows.map((agency) => [agency.id, agency]));
    byPlace = new Map(rows.map((agency) => [`${agency.kind} ${agency.division}`, agency]));
  };
  await refresh();
  // A refresh that fails leaves what was known; the next change tries again.
  await db.listen('identity', () => void refresh().catch(() => undefined));
  return {
    get: (id) => byId.get(id),
    all: (region) => [...byId.values()].filter((agency) => agency.region === region),
    resolve: (kind, division) =>
      byPlace.get(`${kind} ${padCode(division.slice(0, 9))}`) ??
      byPlace.get(`${kind} ${padCode(division.slice(0, 6))}`),
    save: async (agencies, told) => {
      await db.transaction(async (tx) => {
        await saveAgencies(tx, agencies);
        await told?.(tx);
      });
      await refresh();
    },
    refresh,
  };
}
