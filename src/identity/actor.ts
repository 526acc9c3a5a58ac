import type { Text } from '../platform/door.ts';
import type { Power, Role } from './power.ts';

/** Who asks. Every act and every list takes one. */
export type Guest = { kind: 'guest' };
export type PersonActor = { kind: 'person'; id: string; region: string; name: string; for?: ActsFor };
/** The organisation somebody acts for now, and how far their power of it reaches. */
export type ActsFor = {
  id: string;
  name: string;
  creditCode: string;
  representative: boolean;
  /** The items it is for; null: all. */
  items: string[] | null;
};
export type StaffActor = {
  kind: 'staff';
  id: string;
  /** Six-digit county code the account belongs to. */
  region: string;
  name: string;
  /** Twelve-digit code of the division this person works for. What they may do there, their powers say. */
  division: string;
  agency: string;
  agencyName: Text;
  /** What they may do now, each over its own place and agency. */
  powers: Power[];
  /** The roles of the powers, each once. */
  roles: Role[];
};
/** The house itself, when the law says that time alone has an effect. */
export type SystemActor = { kind: 'system'; id: 'system'; region: string };
/** Another system, with a token of its own; its scopes are the actions it may be allowed. */
export type ClientActor = {
  kind: 'client';
  id: string;
  region: string;
  name: string;
  /** It reaches this division and all below it; with an agency, only what that has a part in. */
  division: string;
  agency?: string;
  scopes: readonly string[];
};
/** A kiosk or the terminal of a village station by itself: no rule names it, so it may do nothing; who stands at it may. */
export type DeviceActor = { kind: 'device'; id: string; region: string; name: string; division: string };
export type Actor = Guest | PersonActor | StaffActor;
/** Whoever may ask to do something: somebody who visits, another system, a machine people use, or the house itself. */
export type Doer = Actor | ClientActor | DeviceActor | SystemActor;

/** Somebody of an agency with these powers. */
export function staffActor(who: Omit<StaffActor, 'kind' | 'powers' | 'roles'>, powers: Power[]): StaffActor {
  return { ...who, kind: 'staff', powers, roles: [...new Set(powers.map(({ role }) => role))] };
}

/** In whose name a person applies: the organisation they act for, or themselves. */
export function applicantOf(actor: PersonActor | StaffActor): { id: string; name: string } {
  const { id, name } = (actor.kind === 'person' && actor.for) || actor;
  return { id, name };
}

/** Whether what somebody acts for lets them apply for this: an agent's power may name the items. */
export function mayApplyFor({ for: actsFor }: PersonActor, subject?: { kind: string; id: string }): boolean {
  return !actsFor?.items || (subject?.kind === 'item' && actsFor.items.includes(subject.id));
}
