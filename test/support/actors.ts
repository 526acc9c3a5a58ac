import fc from 'fast-check';
import type {
  Actor,
  ClientActor,
  DeviceActor,
  Doer,
  PersonActor,
  Power,
  Scope,
  StaffActor,
} from '../../src/identity/door.ts';
import { clientScopes, grantableRoles, powersOf, staffActor } from '../../src/identity/door.ts';

/** Anybody and anything, of few values, so that actors and things meet often. */
const county = '360121000000';
const liantang = '360121100000';
const xiangtang = '360121101000';
const regions = fc.constantFrom('360121', '360123');
const divisions = fc.constantFrom(
  '360000000000',
  '360100000000',
  county,
  liantang,
  xiangtang,
  '360121100003',
  '360123000000',
  '360123100000',
);
const agencies = fc.constantFrom('360121-health', '360121-tax', `${liantang}-township-centre`, '360123-health');
const items = fc.constantFrom('birth', 'payment', 'card');
const numbers = fc.constantFrom('case-1', 'case-2');
const people = fc.constantFrom('father', 'mother', 'x');
/** Who applies: people, and an organisation that some of them act for. */
const applicants = fc.constantFrom('father', 'mother', 'x', 'bakery');

/** A clerk of a county, for what is only asked who they are. */
export function clerkOf(region: string): StaffActor {
  const place = { division: `${region}000000`, agency: `${region}-government-services` };
  const who = { ...place, id: 'ada', region, name: '', agencyName: { zh: '', en: '' } };
  return staffActor(who, powersOf(['clerk'], place));
}

const anyPower: fc.Arbitrary<Power> = fc.oneof(
  { weight: 8, arbitrary: granted(fc.constantFrom(...grantableRoles)) },
  {
    weight: 1,
    arbitrary: fc.record({
      ...{ id: fc.string(), role: fc.constant('break-glass' as const), division: divisions, agency: agencies },
      number: numbers,
    }),
  },
);

function granted(role: fc.Arbitrary<Power['role']>): fc.Arbitrary<Power> {
  return fc.record(
    { id: fc.string(), role, division: divisions, agency: agencies, item: items },
    { requiredKeys: ['id', 'role', 'division', 'agency'] },
  );
}

export const anyStaff = fc
  .record({
    who: fc.record({
      ...{ id: people, region: regions, name: fc.constant(''), division: divisions, agency: agencies },
      agencyName: fc.constant({ zh: '', en: '' }),
    }),
    powers: fc.array(anyPower, { maxLength: 4 }),
  })
  .map(({ who, powers }) => staffActor(who, powers));
const person = { kind: fc.constant('person' as const), id: people, region: regions, name: fc.constant('') };
/** Somebody who acts for an organisation: its representative, or an agent, perhaps for some items only. */
export const anyAgent: fc.Arbitrary<PersonActor> = fc.record({
  ...person,
  for: fc.record({
    ...{ id: fc.constant('bakery'), name: fc.constant(''), creditCode: fc.constant('') },
    representative: fc.boolean(),
    items: fc.option(fc.subarray(['birth', 'payment', 'card'], { minLength: 1 })),
  }),
});
const anyPerson: fc.Arbitrary<PersonActor> = fc.oneof(
  { weight: 2, arbitrary: fc.record(person) },
  { weight: 1, arbitrary: anyAgent },
);
export const anyActor: fc.Arbitrary<Actor> = fc.oneof(fc.constant({ kind: 'guest' as const }), anyPerson, anyStaff);
export const anyClient: fc.Arbitrary<ClientActor> = fc.record(
  {
    ...{ kind: fc.constant('client' as const), id: people, region: regions, name: fc.constant('') },
    ...{ division: divisions, agency: agencies, scopes: fc.subarray([...clientScopes]) },
  },
  { requiredKeys: ['kind', 'id', 'region', 'name', 'division', 'scopes'] },
);
/** A kiosk or the terminal of a village station, with nobody signed in at it. */
export const anyDevice: fc.Arbitrary<DeviceActor> = fc.record({
  ...{ kind: fc.constant('device' as const), id: people, region: regions, name: fc.constant(''), division: divisions },
});
const theHouse = fc.record({
  kind: fc.constant('system' as const),
  id: fc.constant('system' as const),
  region: regions,
});
/** Everybody and everything that may ask: the same with other systems, machines people use, and the house itself. */
export const anyDoer: fc.Arbitrary<Doer> = fc.oneof(
  { weight: 8, arbitrary: anyActor },
  { weight: 2, arbitrary: anyClient },
  { weight: 1, arbitrary: anyDevice },
  { weight: 1, arbitrary: theHouse },
);

export const anyCase = fc.record({
  ...{
    kind: fc.constant('case' as const),
    region: regions,
    number: numbers,
    division: divisions,
    applicant: applicants,
  },
  parts: fc.uniqueArray(fc.record({ agency: agencies, item: items }), { maxLength: 3, selector: ({ item }) => item }),
});
export const anyBranch = fc.record({
  ...{ kind: fc.constant('branch' as const), region: regions, number: numbers, division: divisions },
  ...{ agency: agencies, item: items },
});
export const anyDraft = fc.record(
  {
    ...{ kind: fc.constant('draft' as const), region: regions, owner: applicants },
    subject: fc.record({ kind: fc.constantFrom('item', 'bundle'), id: items }),
  },
  { requiredKeys: ['kind', 'region', 'owner'] },
);

type Row = {
  region: string;
  number?: string;
  division?: string;
  applicant?: string;
  parts?: { agency: string; item?: string }[];
};

/** Membership the way a list's SQL reads a scope. */
export function inScope(scopes: Scope[], row: Row): boolean {
  return scopes.some(
    ({ region, divisionPrefix, agency, item, applicant, number }) =>
      region === row.region &&
      (divisionPrefix === undefined || !!row.division?.startsWith(divisionPrefix)) &&
      ((agency === undefined && item === undefined) ||
        !!row.parts?.some((part) => (agency ?? part.agency) === part.agency && (item ?? part.item) === part.item)) &&
      (applicant === undefined || row.applicant === applicant) &&
      (number === undefined || row.number === number),
  );
}
