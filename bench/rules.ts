import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { mask, show } from '../src/elements/door.ts';
import type { House } from '../src/house.ts';
import { type Actor, can, type Resource } from '../src/identity/door.ts';
import { Table } from '../src/web/components/table/table.tsx';

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

/** How much longer a table of 100 cases takes to write out when its names, numbers, telephones and addresses are masked. */
export function maskingCost({ elements }: House): number {
  const shown = ['father_name', 'father_id_card', 'mother_phone', 'child_home_address'].flatMap(
    (id) => elements.element(id) ?? [],
  );
  // Every case has people of its own, as if they had just been read.
  const people = Array.from({ length: 100 }, (_, n) => [
    `陈志${String.fromCodePoint(0x4e00 + n)}`,
    `36012119950312${String(1000 + n)}`,
    `1380000${String(1000 + n)}`,
    `江西省南昌市南昌县莲塘镇公园路社区${n}号`,
  ]);
  const columns = shown.map(({ name }) => ({ label: name.zh }));
  const list = (hidden: boolean) => {
    const rows = people.map((values) => ({
      cells: shown.map((element, at) =>
        hidden ? mask(element, values[at] ?? '') : show(element, values[at] ?? '', 'zh'),
      ),
    }));
    return renderToString(h(Table, { label: '办件', columns, rows })).length;
  };
  const time = (hidden: boolean) => {
    const began = performance.now();
    for (let n = 0; n < 300; n++) list(hidden);
    return performance.now() - began;
  };
  time(true);
  time(false);
  const ratios = Array.from({ length: 21 }, () => time(true) / time(false)).sort((a, b) => a - b);
  return ratios[10] ?? Number.NaN;
}
