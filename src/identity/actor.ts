import type { Text } from '../platform/door.ts';
import type { Power, Role } from './power.ts';

/** Who asks. Every act and every list takes one. */
export type Guest = { kind: 'guest' };
export type PersonActor = { kind: 'person'; id: string; region: string; name: string };
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
export type Actor = Guest | PersonActor | StaffActor;
/** Whoever may do something: somebody who visits, or the house itself. */
export type Doer = Actor | SystemActor;

/** Somebody of an agency with these powers. */
export function staffActor(who: Omit<StaffActor, 'kind' | 'powers' | 'roles'>, powers: Power[]): StaffActor {
  return { ...who, kind: 'staff', powers, roles: [...new Set(powers.map(({ role }) => role))] };
}
