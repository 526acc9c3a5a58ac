import { check, idCardProblem, normalise, realDay } from '../elements/door.ts';
import { openTrail } from '../ledger/door.ts';
import {
  type Clock,
  type Db,
  dayOf,
  type FieldProblem,
  type IdSource,
  type Page,
  Problem,
  pageFrom,
  takeOnce,
  type Vault,
} from '../platform/door.ts';
import type { PersonActor } from './actor.ts';
import { hashOfCookie } from './cookie.ts';
import type { Person } from './persons.ts';
import { assertCan } from './policy.ts';
import type { Moment } from './powers.ts';
import type { Told } from './provider-claims.ts';
import type { Session } from './sessions.ts';
import { sightFor } from './sight.ts';
import * as store from './store-organisations.ts';

export type Organisation = { region: string; id: string; creditCode: string; name: string };
/** What somebody may do for an organisation. */
export type OrganisationPower = {
  organisation: Organisation;
  /** What it is called to change it. */
  ref: string;
  holder: string;
  kind: 'representative' | 'agent';
  /** The items it is for; null: all. */
  items: string[] | null;
  /** The last day it holds; null: until it is revoked. */
  until: string | null;
  since: string;
};
export type OrganisationAct = {
  id: string;
  at: string;
  act: 'represent' | 'grant' | 'limit' | 'revoke' | 'replace';
  by: string;
  via?: string | null;
  ref: string;
  holder: string;
};
/** What a form asks for when a power is given. */
export type Grant = { name: string; idCard: string; items: string[]; until: string };
export type Organisations = ReturnType<typeof openOrganisations>;

/** `changed` is called when what sessions may do has changed. */
type Needs = { db: Db; ids: IdSource; clock: Clock; vault: Vault; changed: () => void };
const longestName = 50;
const nameElement = { id: 'name', type: 'person-name', name: { zh: '', en: '' }, sensitivity: 3, source: '' } as const;

/** Organisations act through persons: the legal representative, whom a provider names, and agents they give powers to. */
export function openOrganisations({ db, ids, clock, vault, changed }: Needs) {
  const trail = openTrail(db, ids);
  return { come, mine, choose, powers, power, acts, grant, limit, revoke };

  /**
   * Somebody came from a provider in the name of an organisation. The legal representative has all powers, and their
   * predecessor's end; gives the organisation when the person may act for it now.
   */
  async function come(
    person: Person,
    told: NonNullable<Told['organisation']>,
    via: string,
  ): Promise<string | undefined> {
    const { region } = person;
    const { creditCode, name, representative } = told;
    const given = { region, id: ids.id(region), creditCode, name };
    const id = await db.transaction(async (tx) => {
      const kept = await store.keepOrganisation(tx, given, clock());
      if (representative) await represent(tx, { region, organisation: kept.id }, person, via);
      return kept.id;
    });
    changed();
    return (await store.mayActFor(db, person, dayOf(clock()), id)) ? id : undefined;
  }

  /** A page of the organisations somebody may act for today. */
  async function mine(session: Session, offset = 0) {
    const { actor } = personOf(session);
    return pageFrom(await store.organisationsOf(db, actor, dayOf(clock()), offset));
  }

  /** For whom somebody acts in this session from now on; empty: for themselves. */
  async function choose(session: Session, organisation: string): Promise<void> {
    const { actor, hash } = personOf(session);
    if (organisation !== '' && !(await store.mayActFor(db, actor, dayOf(clock()), organisation)))
      throw new Problem('not-allowed');
    await store.actFor(db, { region: actor.region, hash, person: actor.id }, organisation || null);
    changed();
  }

  /** A page of who may act for the organisation, as its legal representative sees it. */
  async function powers(session: Session, offset = 0): Promise<Page<store.PowerRow>> {
    const { actor, place } = ledBy(session);
    return pageFrom(await store.powersOf(db.seenBy(sightFor(actor)), place, offset));
  }

  /** One of the powers, by what it is called to change it. */
  async function power(session: Session, ref: string): Promise<store.PowerRow | undefined> {
    const { actor, place } = ledBy(session);
    return store.powerByRef(db.seenBy(sightFor(actor)), place, ref);
  }

  /** A page of what was given, limited and taken back, the latest first. */
  async function acts(session: Session, offset = 0) {
    const { actor, place } = ledBy(session);
    return pageFrom(await store.actsOf(db.seenBy(sightFor(actor)), place, offset));
  }

  /** Gives a power to whoever has this ID card and name, known here or not. Throws `form-invalid` with every flaw. */
  async function grant(
    session: Session,
    given: Grant,
    { once, ...from }: From & Pick<Moment, 'once'>,
  ): Promise<string> {
    const { actor, place } = ledBy(session);
    const now = clock();
    const name = normalise({ type: 'person-name' }, given.name).slice(0, longestName * 2);
    const idCard = normalise({ type: 'id-card' }, given.idCard);
    const today = dayOf(now);
    const wrongName = check(nameElement, name, { today });
    const flaws: FieldProblem[] = [
      ...(wrongName ? [{ field: 'name', code: 'organisation-holder-name' }] : []),
      ...(idCardProblem(idCard, today) ? [{ field: 'id_card', code: 'id-card-wrong' }] : []),
      ...untilFlaws(given.until, today),
    ];
    if (flaws.length > 0) throw new Problem('form-invalid', {}, flaws);
    const { region } = place;
    const holderIndex = vault.indexToWrite(idCard, 'id-card', region);
    const held = await store.powerByHolder(db, place, vault.blindIndexes(idCard, 'id-card', region));
    if (held?.kind === 'representative')
      throw new Problem('form-invalid', {}, [{ field: 'id_card', code: 'organisation-is-representative' }]);
    const reach = reachOf(given);
    const called = await db.transaction(async (tx) => {
      await store.claimPowers(tx, vault, { region, idCard });
      const power = { holderIndex, holder: name, ref: ids.token().slice(0, 16), kind: 'agent', ...reach } as const;
      const ref = await store.putPower(tx, place, power, now);
      await takeOnce(tx, once, ref);
      await note(tx, place, { act: 'grant', by: actor.id, ref, holder: name, ...reach });
      await tell(tx, place, { what: 'organisation.grant', by: actor.id, ref }, from);
      return ref;
    });
    changed();
    return called;
  }

  /** Changes what an agent may do and until when. */
  async function limit(
    session: Session,
    ref: string,
    given: Pick<Grant, 'items' | 'until'>,
    from: From,
  ): Promise<void> {
    const { actor, place } = ledBy(session);
    const flaws = untilFlaws(given.until, dayOf(clock()));
    if (flaws.length > 0) throw new Problem('form-invalid', {}, flaws);
    const reach = reachOf(given);
    await db.transaction(async (tx) => {
      const holder = await store.limitPower(tx, place, ref, reach);
      if (holder === undefined) throw new Problem('not-found');
      await note(tx, place, { act: 'limit', by: actor.id, ref, holder, ...reach });
      await tell(tx, place, { what: 'organisation.limit', by: actor.id, ref }, from);
    });
    changed();
  }

  /** Takes an agent's power back; their next request no longer acts for the organisation. */
  async function revoke(session: Session, ref: string, from: From): Promise<void> {
    const { actor, place } = ledBy(session);
    await db.transaction(async (tx) => {
      const holder = await store.dropPower(tx, place, ref, 'agent');
      if (holder === undefined) throw new Problem('not-found');
      await note(tx, place, { act: 'revoke', by: actor.id, ref, holder, items: null, until: null });
      await tell(tx, place, { what: 'organisation.revoke', by: actor.id, ref }, from);
    });
    changed();
  }

  async function represent(tx: Db, place: Place, person: Person, via: string): Promise<void> {
    const { idCard } = person;
    const holderIndex = vault.indexToWrite(idCard, 'id-card', place.region);
    const theirs = vault.blindIndexes(idCard, 'id-card', place.region);
    const before = await store.representativeOf(tx, place);
    if (before?.holder === person.name && theirs.some((index) => index.equals(before.holderIndex))) return;
    const all = { items: null, until: null };
    const by = { by: person.id, via };
    if (before) {
      await store.dropPower(tx, place, before.ref, 'representative');
      await note(tx, place, { act: 'replace', ...by, ref: before.ref, holder: before.holder, ...all });
    }
    const power = { holderIndex, holder: person.name, ref: ids.token().slice(0, 16), ...all };
    const ref = await store.putPower(tx, place, { ...power, kind: 'representative' }, clock());
    await note(tx, place, { act: 'represent', ...by, ref, holder: person.name, ...all });
  }

  function note(tx: Db, place: Place, act: Omit<OrganisationAct, 'id' | 'at'> & store.Reach): Promise<void> {
    return store.addAct(tx, place, { ...act, id: ids.id(place.region), at: clock().toISOString() });
  }

  /** The same for the audit administrator, with where it was done from. */
  function tell(
    tx: Db,
    { region, organisation }: Place,
    { what, by, ref }: { what: string; by: string; ref: string },
    from: From,
  ): Promise<void> {
    const who = { kind: 'person', id: by } as const;
    const said = { kind: 'power', what, who, about: organisation, outcome: 'done', detail: { ref } } as const;
    return trail.recordIn(tx, { region, at: clock(), ...said, ...from });
  }
}

/** Where a change of powers came from, for the trail, which has it in the same transaction. */
type From = Pick<Moment, 'from' | 'requestId'>;
type Place = { region: string; organisation: string };

function personOf(session: Session): { actor: PersonActor; hash: Buffer } {
  const parts = hashOfCookie(session.token);
  if (session.actor.kind !== 'person' || !parts) throw new Problem('not-allowed');
  return { actor: session.actor, hash: parts.hash };
}

/** The organisation somebody acts for as its legal representative; nobody else sees or changes its powers. */
function ledBy(session: Session): { actor: PersonActor; place: Place } {
  const { actor } = personOf(session);
  const organisation = actor.for?.id ?? '';
  assertCan(actor, 'organisation.powers', { kind: 'organisation', region: actor.region, id: organisation });
  return { actor, place: { region: actor.region, organisation } };
}

function untilFlaws(until: string, today: string): FieldProblem[] {
  const day = normalise({ type: 'date' }, until);
  if (day === '') return [];
  return realDay(day) && day >= today && day < '2100' ? [] : [{ field: 'until', code: 'organisation-until' }];
}

function reachOf({ items, until }: Pick<Grant, 'items' | 'until'>): store.Reach {
  return { items: items.length > 0 ? items : null, until: normalise({ type: 'date' }, until) || null };
}
