import type { FastifyRequest } from 'fastify';
import type { CaseEvent, CaseFile, Draft, StoredFile } from '../../cases/door.ts';
import type { House } from '../../house.ts';
import { requireFresh } from '../../identity/door.ts';
import { Problem, type Text } from '../../platform/door.ts';
import { record } from '../recorded.ts';
import type { Site } from '../site.ts';
import { type Citizen, citizenOf } from './citizen.ts';
import { looksOf } from './looks.ts';

/** Changes when something of the copy means something else than before. */
const format = 'tongban-personal-data/1';
/** Looks at one's data and sign-ins that are read at most: more than decades leave of one person. */
const most = 100_000;

export type Copy = Awaited<ReturnType<typeof copyOf>>;

/** Takes the copy of who asks: asks for proof of a moment ago, and is in the trail before it leaves. */
export async function takeCopy(
  site: Site,
  request: FastifyRequest,
  form: 'file' | 'page',
): Promise<{ citizen: Citizen; copy: Copy }> {
  const { house } = site;
  const citizen = citizenOf(site, request);
  requireFresh(citizen.session, house.clock());
  const copy = await copyOf(house, citizen);
  const detail = { form, cases: copy.cases.length };
  const what = { kind: 'export', what: 'person.copy', outcome: 'done' } as const;
  await record(house, request, { ...what, whose: citizen.actor.id, detail });
  return { citizen, copy };
}

/**
 * Everything that is kept of a person, to be read by machines and carried elsewhere (个人信息保护法 art. 45). Of others it
 * holds what the applicant gave and nothing more: who works on a case is named by the office.
 */
async function copyOf(house: House, citizen: Citizen) {
  const { actor, session, view } = citizen;
  const { cases, identity, rating, rights, trail } = house;
  const person = await identity.persons.get(actor, actor.region, actor.id);
  if (!person) throw new Problem('not-found');
  const drafts: ReturnType<typeof draftOf>[] = [];
  for (const id of await cases.drafts.ownIds(actor)) {
    const [draft, files] = [await cases.drafts.read(actor, id), await cases.files.ofDraft(actor, id)];
    drafts.push(draftOf(draft, files));
  }
  const handedIn: (ReturnType<typeof caseOf> & { rating?: unknown })[] = [];
  for (const { number } of await cases.lists.everyOwn(actor)) {
    const [file, rated] = [await cases.read(actor, number), await rating.of(actor, number)];
    handedIn.push({ ...caseOf(file), rating: rated?.rating ?? undefined });
  }
  const [signedIn, signIns, looked] = [
    await identity.account.everySession({ ...session, actor }, house.clock()),
    await trail.signInsOf(actor.region, actor.id, most),
    await looksOf(house, citizen, most),
  ];
  return {
    format,
    madeAt: house.clock().toISOString(),
    keptBy: view.county,
    person,
    requests: (await rights.everyOwn(actor)).map(({ person: _, ...request }) => request),
    consents: await cases.consents.own(actor),
    drafts,
    cases: handedIn,
    signedIn: signedIn.map(({ device, since, lastSeen }) => ({ device, since, lastSeen })),
    signIns,
    looked: looked.map((look) => ({ ...look, agency: look.agency && nameOf(house, look.agency) })),
  };
}

const nameOf = ({ identity }: House, agency: string): Text =>
  identity.agencies.get(agency)?.name ?? { zh: agency, en: agency };

const fileOf = ({ id, material, name, mediaType, bytes }: StoredFile) => ({
  ...{ material, name, mediaType, bytes },
  at: `/files/${id}`,
});

function draftOf({ subject, division, situation, answers, updatedAt }: Draft, files: StoredFile[]) {
  return { subject, division, situation, answers, updatedAt, files: files.map(fileOf) };
}

function caseOf({ plan, state, answers, materials, events }: CaseFile) {
  const { number, subject, applicant, division, divisionName, channel, situation } = plan;
  return {
    ...{ number, subject, applicantName: applicant.name, division, divisionName, channel, situation, answers },
    materials: materials.map(({ material, name, state: how, file }) => ({
      ...{ material, name, how },
      at: file && `/files/${file}`,
    })),
    status: state.status,
    outcome: state.outcome,
    branches: plan.branches.map(({ item, name, agencyName }) => {
      const { status, reason, decidedAt, results } = state.branches[item] ?? {};
      return { item, name, agency: agencyName, status, reason, decidedAt, results };
    }),
    events: events.map(eventOf),
  };
}

/** What happened, when, and which office did it. */
function eventOf(event: CaseEvent) {
  const { type, at, by } = event;
  return {
    ...{ what: type, at, by: by.agencyName ?? (by.id === 'system' ? 'system' : 'applicant') },
    ...('item' in event && { item: event.item }),
    ...('reason' in event && { reason: event.reason }),
    ...('missing' in event && { missing: event.missing }),
  };
}
