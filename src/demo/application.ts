import { type Case, consentText, NotComplete } from '../cases/door.ts';
import type { Subject } from '../catalog/door.ts';
import type { Answers } from '../elements/door.ts';
import type { House } from '../house.ts';
import type { Actor, CountyFile, PersonActor, StaffActor } from '../identity/door.ts';
import { dayOf } from '../platform/door.ts';
import { answerAll, type Family } from './answers.ts';
import { samplePdf } from './paper.ts';
import { type Invented, invent } from './people.ts';
import type { Dice } from './random.ts';
import { daysBefore, officeHour } from './times.ts';

type Telling = {
  house: House;
  county: CountyFile;
  dice: Dice;
  index: number;
  anchor: string;
  clerks: Map<string, StaffActor[]>;
};

/** What the people one can sign in as have applied for before, and how many days ago. */
const ofPersonas: { citizen: string; subject: Subject; daysAgo: number }[] = [
  { citizen: 'father', subject: { kind: 'item', id: 'birth-service-record' }, daysAgo: 80 },
  { citizen: 'mother', subject: { kind: 'bundle', id: 'newborn' }, daysAgo: 9 },
  { citizen: 'older-resident', subject: { kind: 'item', id: 'senior-card' }, daysAgo: 60 },
  { citizen: 'older-resident', subject: { kind: 'item', id: 'old-age-allowance' }, daysAgo: 25 },
  { citizen: 'shopkeeper', subject: { kind: 'item', id: 'self-employed-registration' }, daysAgo: 45 },
];

/** Days before today in which the made-up cases were submitted. */
const span = 92;

/** At each counter one can sign in at so many cases came in last and wait for an answer, on whatever day the demo starts. */
const waitingEach = 4;

/** The township whose counter the case waits at; nothing for one that is lived on. */
export function waitsAt({ county, index }: Pick<Telling, 'county' | 'index'>): string | undefined {
  const played = county.personas.map(({ staff }) => staff);
  const counters = county.staff.filter(({ id, roles }) => played.includes(id) && roles.includes('clerk'));
  const divisions = [...new Set(counters.map(({ division }) => division))];
  return divisions[Math.floor((index - ofPersonas.length) / waitingEach)];
}

/** Makes one application and submits it as its applicant, or at the counter, at its moment. */
export async function apply(telling: Telling): Promise<{ submitted: Case; applicant: Actor }> {
  const { dice, index, anchor } = telling;
  const persona = ofPersonas[index];
  const subject = persona?.subject ?? pickSubject(telling);
  const counter = waitsAt(telling);
  const day = daysBefore(anchor, persona?.daysAgo ?? (counter ? dice.whole(0, 1) : dice.whole(0, span)));
  const sent = officeHour(dice, day);
  const at = sent > anchor ? new Date(Date.parse(anchor) - 60_000).toISOString() : sent;
  const person = await personOf(telling, persona?.citizen, subject, counter);
  for (let tries = 8; ; tries--) {
    try {
      return { submitted: await submit(telling, subject, person, at), applicant: person.actor };
    } catch (error) {
      // What we thought up does not hold together (a rule across fields): think again.
      if (!(error instanceof NotComplete) || tries === 0)
        throw new Error(`past case ${index} of ${subject.id}: ${why(error)}`, { cause: error });
    }
  }
}

function pickSubject({ house, dice }: Telling): Subject {
  const bundles = house.catalog.bundles();
  if (bundles.length > 0 && dice.chance(0.45)) return { kind: 'bundle', id: dice.pick(bundles).id };
  return { kind: 'item', id: dice.pick(house.catalog.items().filter(({ standalone }) => standalone !== false)).id };
}

export type Applicant = { actor: PersonActor; invented: Invented; division: string; address: string };

async function personOf(
  { house, county, dice, clerks }: Telling,
  citizen: string | undefined,
  subject: Subject,
  counter?: string,
): Promise<Applicant> {
  const region = county.county.code;
  const known = county.citizens.find(({ id }) => id === citizen);
  if (known) {
    const sex = Number(known.idCard[16]) % 2 === 1 ? 'male' : 'female';
    const { name, idCard, phone, address } = known;
    const birthDate = `${idCard.slice(6, 10)}-${idCard.slice(10, 12)}-${idCard.slice(12, 14)}`;
    return {
      actor: { kind: 'person', id: `${region}-${known.id}`, region, name },
      invented: { name, sex, birthDate, idCard, phone },
      division: `${known.division.slice(0, 9)}000`,
      address,
    };
  }
  const old = /old-age|senior/.test(subject.id);
  const invented = invent(
    dice,
    county.names,
    region,
    dice.chance(0.5) ? 'male' : 'female',
    old ? [1932, 1945] : [1975, 2003],
  );
  const division = counter ?? dice.pick([...clerks.keys()]);
  const address = `江西省南昌市南昌县${house.identity.divisions.get(division)?.name ?? ''}${dice.whole(1, 20)}组${dice.whole(1, 90)}号`;
  const { name, idCard, phone } = invented;
  const [clerk] = clerks.get(division) ?? [];
  const before = clerk && (await house.identity.persons.findByIdCard(clerk, idCard));
  const person = before ?? (await house.identity.persons.register({ region, name, idCard, phone, address, division }));
  return {
    actor: { kind: 'person', id: person.id, region, name: person.name },
    invented: { ...invented, name: person.name },
    division,
    address,
  };
}

/** How many come to a counter instead of applying from home. */
const atCounter = 0.3;

async function submit(telling: Telling, subject: Subject, person: Applicant, at: string): Promise<Case> {
  const { house, index, dice, clerks } = telling;
  const draft = `${person.actor.region}-past-${index}`;
  const thoughtUp = thinkUp(telling, subject, person, at);
  const clerk =
    index >= ofPersonas.length && dice.chance(atCounter) ? dice.pick(clerks.get(person.division) ?? []) : undefined;
  const needed = house.catalog
    .tasks(subject, thoughtUp.situation, undefined, thoughtUp.answers)
    .materials.filter(({ material }) => material.source === 'applicant');
  const materials: Record<string, string> = {};
  for (const { material } of needed) {
    materials[material.id] = clerk ? 'paper' : await upload(telling, person, draft, material.id, at);
  }
  const channel = clerk ? ('counter' as const) : ('online' as const);
  const application = { ...thoughtUp, draft, materials, channel, consent: consentText };
  return house.cases.submit({ actor: clerk ?? person.actor, application, commandId: `past-${index}-0`, at });
}

async function upload(
  { house }: Telling,
  { actor }: Applicant,
  draft: string,
  material: string,
  at: string,
): Promise<string> {
  const target = { draft, owner: actor.id, material };
  return (await house.cases.files.put(actor, target, `${material}.pdf`, samplePdf(), at)).id;
}

/** What somebody could apply for: a situation and an answer to every question it brings up. */
export function thinkUp(
  { house, county, dice }: Pick<Telling, 'house' | 'county' | 'dice'>,
  subject: Subject,
  person: Applicant,
  at: string,
) {
  const { catalog } = house;
  const situation = Object.fromEntries(
    catalog.situation(subject).map(({ id, options }) => [id, dice.pick(options).value]),
  );
  const ask = (answers: Answers) =>
    catalog
      .questions(subject, situation, answers)
      .flatMap((question) => question.elements.filter(({ optional }) => !optional));
  const answers = answerAll(ask, familyOf({ county, dice }, person, at), dice, dayOf(at));
  const applicant = { id: person.actor.id, name: person.actor.name };
  return { division: person.division, subject, situation, answers, applicant };
}

function familyOf(
  { county, dice }: Pick<Telling, 'county' | 'dice'>,
  { invented, address }: Applicant,
  at: string,
): Family {
  const region = county.county.code;
  const other = invent(dice, county.names, region, invented.sex === 'male' ? 'female' : 'male', [1985, 2002]);
  const father = invented.sex === 'male' ? invented : other;
  const mother = invented.sex === 'male' ? other : invented;
  const childBorn = daysBefore(at, dice.whole(3, 25));
  const childName = (father.name[0] ?? '') + dice.pick(county.names.given[dice.chance(0.5) ? 'male' : 'female']);
  return { applicant: invented, father, mother, address, childBorn, childName };
}

function why(error: unknown): string {
  if (!(error instanceof NotComplete)) return (error as Error).message;
  return [
    ...error.fields.map(({ field, code }) => `${field} ${code}`),
    ...error.together.map(({ field }) => field),
    ...error.missingMaterials,
  ].join(', ');
}
