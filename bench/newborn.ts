import { join } from 'node:path';
import type { Subject } from '../src/catalog/door.ts';
import { thinkUp } from '../src/demo/application.ts';
import { invent } from '../src/demo/people.ts';
import { dice } from '../src/demo/random.ts';
import { resultsFor } from '../src/demo/results.ts';
import type { House } from '../src/house.ts';
import { type CountyFile, readCountyFile } from '../src/identity/door.ts';
import { call, type Product, type Signed, signIn } from './product.ts';

/** Who takes part in a newborn's case, signed in once. */
export type People = { clerk: Signed; approvers: Record<string, Signed> };
/** A case as the interface answers it, as far as the bench reads it. */
export type CaseAnswer = {
  number: string;
  status: string;
  branches: { item: string; agency: string; status: string }[];
};

export async function signInAll(base: string): Promise<People> {
  const clerk = await signIn(base, 'clerk-liantang');
  const approvers: Record<string, Signed> = {};
  for (const [agency, persona] of Object.entries({
    '360121-health': 'approver-health',
    '360121-public-security': 'approver-police',
    '360121-human-resources': 'approver-human-resources',
    '360121-medical-insurance': 'approver-medical-insurance',
    '360121-tax': 'approver-tax',
  })) {
    approvers[agency] = await signIn(base, persona);
  }
  return { clerk, approvers };
}

export type Newborns = {
  submit(index: number): Promise<CaseAnswer>;
  /** A pregnancy recorded: a case of one branch. */
  submitSingle(index: number): Promise<CaseAnswer>;
  results(item: string): Record<string, string>;
  people: People;
  base: string;
};

/** Ways to put newborns' cases in at the counter, through HTTP, each with its own people and answers. */
export async function newborns(house: House, product: Product, people: People): Promise<Newborns> {
  const county = await readCountyFile(join(house.root, 'demo', 'county.yaml'));
  const chance = dice(7);
  return {
    people,
    base: product.base,
    results: (item) => resultsFor(house.catalog.item(item)?.results ?? [], chance),
    submit: (index) => enter({ kind: 'bundle', id: 'newborn' }, index),
    submitSingle: (index) => enter({ kind: 'item', id: 'birth-service-record' }, index),
  };

  function enter(subject: Subject, index: number): Promise<CaseAnswer> {
    const body = application(house, county, subject, index);
    return call<CaseAnswer>(product.base, people.clerk, 'POST', '/api/v1/cases', body);
  }
}

function application(house: House, county: CountyFile, subject: Subject, index: number) {
  const chance = dice(index);
  const region = county.county.code;
  const person = invent(chance, county.names, region, 'male', [1985, 2002]);
  const actor = { kind: 'person', id: 'bench', region, name: person.name } as const;
  const address = '江西省南昌市南昌县莲塘镇公园路社区1号';
  const at = house.clock().toISOString();
  const { situation, answers } = thinkUp(
    { house, county, dice: chance },
    subject,
    { actor, invented: person, division: '360121100000', address },
    at,
  );
  const papers = house.catalog
    .tasks(subject, situation)
    .materials.filter(({ material }) => material.source === 'applicant');
  const { name, idCard, phone } = person;
  return {
    commandId: `bench-${process.pid}-${index}`,
    division: '360121100000',
    subject,
    situation,
    answers,
    papers: papers.map(({ material }) => material.id),
    consent: true,
    applicant: { name, idCard, phone, address },
  };
}

/** One whole life: submitted, accepted, every branch claimed and granted, closed. Gives how many requests it took. */
export async function liveWhole(ways: Newborns, made: CaseAnswer): Promise<number> {
  const { results, people, base } = ways;
  let requests = 2;
  const path = `/api/v1/cases/${made.number}/commands`;
  let theCase = await call<CaseAnswer>(base, people.clerk, 'POST', path, {
    commandId: `${made.number}-accept`,
    command: { type: 'accept' },
  });
  for (;;) {
    const open = theCase.branches.find(({ status }) => status === 'open');
    if (!open) break;
    const who = people.approvers[open.agency];
    if (!who) throw new Error(`nobody for ${open.agency}`);
    const { item } = open;
    await call(base, who, 'POST', path, {
      commandId: `${made.number}-${item}-claim`,
      command: { type: 'claim', item },
    });
    const decision = { type: 'decide', item, outcome: 'granted', reason: '符合条件', results: results(item) };
    theCase = await call<CaseAnswer>(base, who, 'POST', path, {
      commandId: `${made.number}-${item}-decide`,
      command: decision,
    });
    requests += 2;
  }
  if (theCase.status !== 'closed') throw new Error(`the case ended as ${theCase.status}`);
  return requests;
}
