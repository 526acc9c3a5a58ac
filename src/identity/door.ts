/** What other rooms may use of identity. */
export type { Actor, Guest, PersonActor, Role, StaffActor } from './actor.ts';
export type { Agencies, Agency } from './agencies.ts';
export type { CountyFile } from './county-file.ts';
export { readCountyFile } from './county-file.ts';
export { csrfMatches, guestCsrf } from './csrf.ts';
export type { Persona } from './demo.ts';
export type { Division, Level } from './division.ts';
export { country, covers, levelOf, prefixOf } from './division.ts';
export type { Divisions } from './divisions.ts';
export type { Identity, IdentityOptions } from './identity.ts';
export { openIdentity } from './identity.ts';
export type { NewPerson, Person, Persons } from './persons.ts';
export type { Action, ListAction, Resource, Scope } from './policy.ts';
export { assertCan, can, scopeOf } from './policy.ts';
export type { Session } from './sessions.ts';
export type { NewStaff, StaffAccount } from './staff.ts';
export { addStaff } from './staff.ts';
