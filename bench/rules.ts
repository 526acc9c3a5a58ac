import { mask, show } from '../src/elements/door.ts';
import type { House } from '../src/house.ts';
import { type Actor, can, type Resource } from '../src/identity/door.ts';

/** Microseconds a question to the policy takes: who may read, claim and decide what, for people of every kind. */
export async function policyCost(house: House): Promise<number> {
  const staff = ['clerk-liantang', 'approver-health', 'lead-health', 'supervisor'].map((login) =>
    house.identity.staff.actor('360121', `360121-${login}`, house.clock()),
  );
  const person: Actor = { kind: 'person', id: '360121-father', region: '360121', name: '陈志远' };
  const actors: Actor[] = [person, ...(await Promise.all(staff)).flatMap((actor) => actor ?? [])];
  const agencies = ['health', 'public-security', 'tax'].map((kind) => `360121-${kind}`);
  const things: Resource[] = agencies.flatMap((agency): Resource[] => [
    { kind: 'branch', region: '360121', division: '360121100000', agency, item: 'birth-certificate' },
    { kind: 'inbox', agency },
  ]);
  const rounds = 20_000;
  let yes = 0;
  const ask = () => {
    for (const actor of actors)
      for (const thing of things)
        if (can(actor, thing.kind === 'inbox' ? 'branch.list' : 'branch.decide', thing)) yes++;
  };
  for (let n = 0; n < 1000; n++) ask();
  const began = performance.now();
  for (let n = 0; n < rounds; n++) ask();
  const took = performance.now() - began;
  if (yes === 0) throw new Error('nobody may do anything');
  return (took * 1000) / (rounds * actors.length * things.length);
}

/** How much longer a list of 100 cases takes to write out when its names, numbers, telephones and addresses are masked. */
export function maskingCost({ elements }: House): number {
  const shown = ['father_name', 'father_id_card', 'mother_phone', 'child_home_address'].flatMap(
    (id) => elements.element(id) ?? [],
  );
  const values = ['陈志远', '360121199503120013', '13800000002', '江西省南昌市南昌县莲塘镇公园路社区1号'];
  const list = (hidden: boolean) =>
    Array.from({ length: 100 }, () =>
      shown.map((element, at) => {
        const value = values[at] ?? '';
        return `<td>${hidden ? mask(element, value) : show(element, value, 'zh')}</td>`;
      }),
    )
      .flat()
      .join('').length;
  const time = (hidden: boolean) => {
    const began = performance.now();
    for (let n = 0; n < 300; n++) list(hidden);
    return performance.now() - began;
  };
  time(true);
  time(false);
  const ratios = Array.from({ length: 7 }, () => time(true) / time(false)).sort((a, b) => a - b);
  return ratios[3] ?? Number.NaN;
}
