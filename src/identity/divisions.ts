import type { Db } from '../platform/door.ts';
import { country, type Division, padCode } from './division.ts';
import { divisionsBelow, divisionsByCode } from './store-divisions.ts';

/** The divisions as rooms ask for them: what is served here from memory, the rest of the country by query. */
export type Divisions = {
  /** A county served here, its townships, its city and its province; nothing else. */
  get(code: string): Division | undefined;
  county(region: string): Division;
  townships(region: string): Division[];
  villages(township: string): Promise<Division[]>;
  /** What lies directly below a division; without one, the provinces. */
  children(code?: string): Promise<Division[]>;
  /** Any division of the country, down to the townships. */
  find(code: string): Promise<Division | undefined>;
  /** The same for several at once, by code; one that is not there is left out. */
  findAll(codes: string[]): Promise<Map<string, Division>>;
};

/** Reads the served counties into memory. They change only with a new load, which is a new start. */
export async function openDivisions(db: Db, regions: string[]): Promise<Divisions> {
  const known = new Map<string, Division>();
  const townships = new Map<string, Division[]>();
  for (const region of regions) {
    const above = [2, 4, 6].map((length) => padCode(region.slice(0, length)));
    const below = await divisionsBelow(db, padCode(region));
    townships.set(region, below);
    for (const division of [...(await divisionsByCode(db, above)), ...below]) known.set(division.code, division);
    if (!known.has(padCode(region))) throw new Error(`There is no county ${region}`);
  }
  const findAll = async (codes: string[]) => {
    const far = codes.filter((code) => !known.has(code));
    const near = codes.flatMap((code) => known.get(code) ?? []);
    const found = [...near, ...(far.length > 0 ? await divisionsByCode(db, far) : [])];
    return new Map(found.map((division) => [division.code, division]));
  };
  return {
    get: (code) => known.get(code),
    county: (region) => {
      const county = known.get(padCode(region));
      if (!county || !townships.has(region)) throw new Error(`The county ${region} is not served here`);
      return county;
    },
    townships: (region) => townships.get(region) ?? [],
    villages: (township) => divisionsBelow(db, township),
    children: (code = country) => divisionsBelow(db, code),
    find: async (code) => (await findAll([code])).get(code),
    findAll,
  };
}
