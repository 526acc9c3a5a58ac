import type { Text } from '../platform/door.ts';

/** Who asks. Every act and every list takes one. */
export type Role = 'clerk' | 'approver' | 'lead' | 'supervisor' | 'admin';

export type Guest = { kind: 'guest' };
export type PersonActor = { kind: 'person'; id: string; region: string; name: string };
export type StaffActor = {
  kind: 'staff';
  id: string;
  /** Six-digit county code the account belongs to. */
  region: string;
  name: string;
  /** Twelve-digit code of the division this person works for; powers reach down from here. */
  division: string;
  agency: string;
  agencyName: Text;
  roles: Role[];
};
/** The house itself, when the law says that time alone has an effect. */
export type SystemActor = { kind: 'system'; id: 'system'; region: string };
export type Actor = Guest | PersonActor | StaffActor;
/** Whoever may do something: somebody who visits, or the house itself. */
export type Doer = Actor | SystemActor;
