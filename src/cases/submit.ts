import type { Catalog } from '../catalog/door.ts';
import type { Answers, Elements } from '../elements/door.ts';
import { type Actor, assertCan, type Identity } from '../identity/door.ts';
import { type Calendar, type Db, dayOf, type Limits, Problem, type Vault } from '../platform/door.ts';
import { whoIs } from './act.ts';
import type { Case } from './case.ts';
import { commandName } from './command-name.ts';
import { type Consent, consentElements, consentsAs, consentText } from './consent.ts';
import { openMayConsent } from './consent-age.ts';
import { submit } from './decide.ts';
import { fold } from './evolve.ts';
import { caseNumber } from './number.ts';
import { type Application, NotComplete, prepare } from './prepare.ts';
import { openSealing } from './sealing.ts';
import { insertCase, nextSerial, numberOfDraft } from './store.ts';

export type SubmitRequest = { actor: Actor; application: Application; commandId: string; at: string };
type Needs = {
  db: Db;
  calendar: () => Calendar;
  catalog: Catalog;
  elements: Elements;
  identity: Identity;
  limits: Limits;
  vault: Vault;
};

/** Makes a case of an application, after everything in it has been checked. A draft submitted twice is the same case. */
export function openSubmit(needs: Needs): (request: SubmitRequest) => Promise<Case> {
  const { db, calendar, identity } = needs;
  const mayConsent = openMayConsent(needs);
  const sealing = openSealing(needs.vault, needs.elements);
  return async ({ actor, application, commandId, at }) => {
    const region = application.division.slice(0, 6);
    const { applicant, subject } = application;
    if (isOwnDoing(actor, application))
      assertCan(actor, 'draft.write', { kind: 'draft', region, owner: applicant.id, subject });
    else assertCan(actor, 'case.enter', { kind: 'queue', division: application.division });
    if (actor.kind === 'person' && actor.for && !isForOrganisations(needs.catalog, subject))
      throw new Problem('not-for-organisations');
    const { answers, materials, plan } = prepare(needs, application, dayOf(at));
    const consent = consentOf(needs.elements, application, answers, actor);
    if (consent) await mayConsent({ region, id: consent.person }, dayOf(at));
    const centre = identity.agencies.resolve('township-centre', application.division);
    plan.number = caseNumber(plan.division, centre?.creditCode ?? '0000', dayOf(at), await nextSerial(db));
    const happened = submit(plan, answers, materials, { at, by: whoIs(actor), calendar: calendar() });
    const { events, parts } = sealing.seal(plan, [happened], 1);
    const [event = happened] = events;
    const theCase = fold([event]);
    const dossier = { answers: sealing.split(answers).clear, materials };
    const cards = sealing.cardsIn(region, answers);
    const command = commandName(happened.by.id, ['submit'], commandId);
    const entry = {
      theCase,
      event,
      part: parts[0],
      dossier,
      draft: application.draft,
      commandId: command,
      consent,
      cards,
    };
    if (await insertCase(db, entry)) return theCase;
    const number = await numberOfDraft(db, region, application.draft, plan.applicant.id);
    if (!number) throw new Problem('changed-meanwhile');
    return { ...theCase, plan: { ...plan, number } };
  };
}

/** A person hands in what is theirs; at a counter, or at a village station, staff enter it for them. */
function isOwnDoing(actor: Actor, { channel }: Application): boolean {
  return channel === 'online' || channel === 'kiosk' || (channel === 'station' && actor.kind === 'person');
}

function isForOrganisations(catalog: Catalog, { kind, id }: Application['subject']): boolean {
  return kind === 'item' && !!catalog.item(id)?.audience.includes('enterprise');
}

/** The consent an application was handed in with; throws `NotComplete` when its answers need one and there is none. */
function consentOf(
  elements: Elements,
  { consent, applicant }: Application,
  answers: Answers,
  actor: Actor,
): (Consent & { person: string }) | undefined {
  const ids = consentElements(elements, answers);
  if (ids.length === 0) return undefined;
  if (consent !== consentText) throw new NotComplete([{ field: 'consent', code: 'consent-missing' }], [], []);
  // An organisation consents to nothing: whoever hands in for it does.
  const who = actor.kind === 'person' ? actor : applicant;
  return { elements: ids, text: consent, as: consentsAs(elements, ids, answers, who.name), person: who.id };
}
