import { join } from 'node:path';
import type { Case } from '../cases/door.ts';
import type { House } from '../house.ts';
import { type CountyFile, readCountyFile } from '../identity/door.ts';
import { apply, waitsAt } from './application.ts';
import { type Cast, live } from './life.ts';
import { dice } from './random.ts';
import { rateSome } from './ratings.ts';
import { finishPast, pastOf } from './store.ts';

const seed = 360121;
/** Cases told at once: enough that their acts share commits. */
const atOnce = 24;

/** Tells the past of a demo once. A telling that was cut short goes on from the same moment; what had happened stays. */
export async function fillWithPast(house: House, say: (line: string) => void): Promise<void> {
  const { region, demoCases } = house.config;
  if (demoCases === 0) return;
  const past = await pastOf(house.db, region, house.clock().toISOString(), demoCases);
  if (past.finishedAt) return;
  say(`Making a past of ${past.cases} cases …`);
  const county = await readCountyFile(join(house.root, 'demo', 'county.yaml'));
  const cast = await castOf(house, county);
  const told: Case[] = [];
  let next = 0;
  const teller = async () => {
    while (next < past.cases) {
      const index = next++;
      const chance = dice(seed + index);
      const made = await apply({
        house,
        county,
        dice: chance,
        index,
        anchor: past.anchor,
        clerks: cast.clerks,
      });
      const { anchor: until, again } = past;
      const life = { house, dice: chance, cast, index, until, again, applicant: made.applicant };
      told.push(waitsAt({ county, index }) ? made.submitted : await live(life, made.submitted));
      if (told.length % 250 === 0) say(`  ${told.length} of ${past.cases}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, teller));
  await house.drain();
  await rateSome(
    house,
    told.toSorted((a, b) => (a.plan.number < b.plan.number ? -1 : 1)),
    past.anchor,
    seed,
  );
  await house.drain();
  await finishPast(house.db, region);
}

/** Clerks by the township they serve and approvers by agency, as actors. */
async function castOf(house: House, county: CountyFile): Promise<Cast> {
  const cast: Cast = { clerks: new Map(), approvers: new Map(), issuers: new Map() };
  for (const { id } of county.staff) {
    const region = county.county.code;
    const actor = await house.identity.staff.actor(region, `${region}-${id}`, house.clock());
    if (!actor) continue;
    const { division, agency, roles } = actor;
    if (roles.includes('clerk')) cast.clerks.set(division, [...(cast.clerks.get(division) ?? []), actor]);
    if (roles.includes('issuer')) cast.issuers.set(agency, [...(cast.issuers.get(agency) ?? []), actor]);
    if (roles.includes('approver')) cast.approvers.set(agency, [...(cast.approvers.get(agency) ?? []), actor]);
  }
  return cast;
}
