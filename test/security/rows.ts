import type { Client } from '../support/api.ts';
import type { Town } from './town.ts';

/** Who may read what, worked out from the rows and not asked of the policy. */
export type Owned = { applicant: string; region: string; division: string; agencies: string[] };

/** Whose a case is, and who has a part in it, as the rows say. */
export async function ownerOf(town: Town, number: string): Promise<Owned | undefined> {
  const [row] = await town.product.house.db.query<Owned>(
    `select c.applicant, c.region, c.division, array_agg(b.agency) as agencies
       from cases.case c join cases.branch b using (region, number) where c.number = $1 group by c.applicant, c.region, c.division`,
    [number],
  );
  return row;
}

export type Somebody = {
  kind: string;
  id?: string;
  region?: string;
  division?: string;
  agency?: string;
  roles?: string[];
};
export function mayRead(actor: Somebody, { applicant, region, division, agencies }: Owned): boolean {
  if (actor.kind === 'person') return actor.id === applicant;
  if (actor.kind !== 'staff' || actor.region !== region) return false;
  const roles = actor.roles ?? [];
  const below = reaches(actor, division);
  return (
    ((roles.includes('clerk') || roles.includes('supervisor')) && below) ||
    ((roles.includes('approver') || roles.includes('lead')) && agencies.includes(actor.agency ?? ''))
  );
}

/** Whether somebody works for a place that another one lies in. */
export const reaches = (actor: Somebody, division: string): boolean =>
  division.startsWith((actor.division ?? 'nowhere').replace(/(000)*(00)*$/, ''));

export const actorOf = async (who: Client) =>
  (await who.call<{ actor: Somebody }>('GET', '/api/v1/session')).body.actor;
