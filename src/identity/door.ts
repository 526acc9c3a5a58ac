/** What other rooms may use of identity. */
export type { Account } from './account.ts';
export type { Accounts } from './accounts.ts';
export type {
  Actor,
  ActsFor,
  ClientActor,
  DeviceActor,
  Doer,
  Guest,
  PersonActor,
  StaffActor,
  SystemActor,
} from './actor.ts';
export { applicantOf, staffActor } from './actor.ts';
export type { Agencies, Agency } from './agencies.ts';
export type { Client, ClientScope } from './client.ts';
export { algorithmsOf, clientLimits, clientScopes } from './client.ts';
export type { ClientForm, Clients } from './clients.ts';
export type { CountyFile } from './county-file.ts';
export { readCountyFile } from './county-file.ts';
export { csrfMatches, guestCsrf, maskedCsrf, padOf } from './csrf.ts';
export type { Persona } from './demo.ts';
export type { Device, DeviceKind, DeviceStanding } from './device.ts';
export { deviceKinds, spokenCode, standingOf } from './device.ts';
export type { DeviceCode, DeviceForm, Devices } from './devices.ts';
export type { Division, Level } from './division.ts';
export { country, covers, levelOf, prefixOf } from './division.ts';
export type { Divisions } from './divisions.ts';
export type { Identity, IdentityOptions } from './identity.ts';
export { openIdentity } from './identity.ts';
export { networkOf } from './network.ts';
export { addAgency } from './new-agency.ts';
export type { Organisation, OrganisationPower } from './organisations.ts';
export type { Passkey } from './passkeys.ts';
export { shortestPassword } from './password-rules.ts';
export type { NewPerson, Person, Persons } from './persons.ts';
export type { PlaceName } from './place-names.ts';
export type { Action, ListAction, Part, Reach, Resource } from './policy.ts';
export { actions, actsFor, assertCan, can, rules } from './policy.ts';
export type { Power, Role } from './power.ts';
export { grantableRoles, powersOf } from './power.ts';
export type { Moment, StaffRow } from './powers.ts';
export type { ProviderSignIn } from './provider-sign-in.ts';
export type { Scope } from './scope.ts';
export { assertLists, scopeOf, sightOf } from './scope.ts';
export type { Offer, SecondFactor } from './second-factor.ts';
export type { OpenSession, SecondMissing, Session } from './sessions.ts';
export { isFresh, requireFresh } from './sessions.ts';
export { sightFor } from './sight.ts';
export type { Entered, Visit, Waiting } from './sign-in.ts';
export type { NewStaff, StaffAccount } from './staff.ts';
export { addStaff } from './staff.ts';
export type { AccountForm, StartForm } from './starts.ts';
export type { AccountRow, Reset } from './store-accounts.ts';
export { readOrganisationActs } from './store-organisations.ts';
export type { Colleague, Lent, Opening } from './store-powers.ts';
export type { StartGiven } from './store-starts.ts';
