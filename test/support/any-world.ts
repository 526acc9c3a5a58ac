import fc from 'fast-check';
import type { CasePlan } from '../../src/cases/case.ts';
import { caseNumber } from '../../src/cases/number.ts';
import { branchOf, planOf } from '../../src/cases/scenario.ts';
import { grantableRoles, type Power, type StaffActor, staffActor } from '../../src/identity/door.ts';
import type { Db } from '../../src/platform/door.ts';
import { insertSeen } from './seen-world.ts';

/** Any cases, requests and accounts: few values, so that actors and things meet often. */
export const now = new Date('2026-10-09T02:00:00.000Z');
export const counties = ['360121', '360123'];
const places = ['360121000000', '360121100000', '360121101000', '360121100003', '360123000000', '360123100000'];
const agencies = ['360121-health', '360121-tax', '360121100000-township-centre', '360123-health'];
const items = ['birth', 'payment', 'card'];
const people = ['father', 'mother', 'x'];
const applicants = [...people, 'bakery'];
const oneOf = fc.constantFrom;

const anyBranch = fc.record({
  agency: oneOf(...agencies),
  division: oneOf(...places),
  item: oneOf(...items),
  status: oneOf('waiting', 'open', 'claimed', 'to-issue', 'granted' as const),
  claimedBy: oneOf('staff-0', 'staff-1'),
  due: oneOf('2026-10-08', '2026-10-09', '2026-10-12', '2026-10-20'),
});
const anySubmission = fc.record({
  division: oneOf(...places),
  applicant: oneOf(...applicants),
  submitted: fc.boolean(),
  branches: fc.uniqueArray(anyBranch, { minLength: 1, maxLength: 3, selector: ({ item }) => item }),
});
const anyRequest = fc.record({ division: oneOf(...places), person: oneOf(...people), answered: fc.boolean() });
const anyHeld = fc.record({
  role: oneOf(...grantableRoles, 'break-glass' as const),
  division: oneOf(...places),
  agency: oneOf(...agencies),
  item: fc.option(oneOf(...items), { nil: undefined }),
  ofCase: fc.nat({ max: 9 }),
  term: oneOf('always', 'always', 'past', 'now', 'future'),
  standing: oneOf('given', 'given', 'given', 'revoked', 'lent', 'lent by who left'),
});
/** Accounts of both counties, each with what it was ever given. */
const anyAccount = fc.record({
  county: oneOf(...counties),
  agency: oneOf(...agencies),
  held: fc.array(anyHeld, { maxLength: 4 }),
});

export const anyWorld = fc.record({
  cases: fc.array(anySubmission, { minLength: 1, maxLength: 12 }),
  requests: fc.array(anyRequest, { maxLength: 6 }),
  accounts: fc.array(anyAccount, { minLength: 4, maxLength: 6 }),
});
export type AnyWorld = typeof anyWorld extends fc.Arbitrary<infer T> ? T : never;
export type WorldBranch = CasePlan['branches'][number] & AnyWorld['cases'][number]['branches'][number];
export type WorldCase = Omit<CasePlan, 'branches'> & { submitted: boolean; branches: WorldBranch[] };
export type WorldRequest = AnyWorld['requests'][number] & { region: string; id: string };

/** The cases of a world, as they are kept. */
export function casesOf({ cases }: AnyWorld): WorldCase[] {
  return cases.map(({ division, applicant, submitted, branches }, serial) => {
    const number = caseNumber(division, 'DEM0', '2026-10-09', serial);
    const plan = planOf([], {
      region: division.slice(0, 6),
      division,
      number,
      applicant: { id: applicant, name: `陈${applicant}` },
    });
    return { ...plan, submitted, branches: branches.map((one) => ({ ...branchOf(one.item), ...one })) };
  });
}

export function requestsOf({ requests }: AnyWorld): WorldRequest[] {
  return requests.map((one, at) => ({ ...one, region: one.division.slice(0, 6), id: `request-${at}` }));
}

const days = { always: [null, null], past: [-2, -1], now: [-1, 1], future: [1, 2] } as const;
const after = (count: number | null) =>
  count === null ? undefined : new Date(now.getTime() + count * 86_400_000).toISOString();
type Given = Power & { revoked: boolean; lent?: 'here' | 'left' };

/** What an account was given, as the rules of powers allow it; an administrator holds nothing else. */
function givenTo(account: AnyWorld['accounts'][number], at: number, cases: WorldCase[]): Given[] {
  const admin = account.held.find(({ role }) => role.endsWith('-admin'));
  return (admin ? [admin] : account.held).map(({ role, division, agency, item, ofCase, term, standing }, n) => {
    const glass = role === 'break-glass';
    const lendable = standing.startsWith('lent') && (role === 'approver' || role === 'lead');
    const [from, until] = days[(glass || lendable) && term === 'always' ? 'now' : (term as 'now')];
    return {
      ...{ id: `power-${at}-${n}`, role, division, agency, from: after(from), until: after(until) },
      item: ['approver', 'issuer', 'lead'].includes(role) ? item : undefined,
      number: glass ? cases[ofCase % cases.length]?.number : undefined,
      revoked: standing === 'revoked',
      lent: lendable ? (standing === 'lent' ? 'here' : 'left') : undefined,
    };
  });
}

/** An account as it should come out: what it holds at this moment, not revoked, begun, not over, and of nobody who left. */
export function accountsOf(world: AnyWorld): { actor: StaffActor; given: Given[] }[] {
  const cases = casesOf(world);
  return world.accounts.map((account, at) => {
    const given = givenTo(account, at, cases);
    const valid = given.filter(
      ({ from, until, revoked, lent }) =>
        !revoked && lent !== 'left' && (!from || new Date(from) <= now) && (!until || now < new Date(until)),
    );
    const who = { id: `staff-${at}`, region: account.county, name: '', division: `${account.county}000000` };
    const agencyName = { zh: '', en: '' };
    return { actor: staffActor({ ...who, agency: account.agency, agencyName }, valid), given };
  });
}

const tables = `cases.case, cases.branch, cases.event, cases.dossier, cases.sealed, cases.draft, cases.file, cases.consent, cases.legal_hold,
  rights.request, rights.answer, rating.invitation, rating.rating, identity.power, identity.staff, identity.agency, ledger.trail`;

/** Puts a world in place of what was there; `db` owns the tables. */
export async function putWorld(db: Db, world: AnyWorld): Promise<void> {
  await db.query(`truncate ${tables} cascade`);
  for (const plan of casesOf(world)) await putCase(db, plan);
  for (const { region, id, person, division, answered } of requestsOf(world)) {
    await db.query(
      `insert into rights.request (region, id, person, division, kind, at, due, sealed, key_id)
       values ($1, $2, $3, $4, 'explain', $5::timestamptz, $5::timestamptz, '', 1)`,
      [region, id, person, division, now],
    );
    if (answered)
      await db.query(`insert into rights.answer values ($1, $2, 'done', 'x', $3, '', '')`, [region, id, now]);
  }
  await putAccounts(db, world);
}

async function putCase(db: Db, plan: WorldCase): Promise<void> {
  await insertSeen(db, { ...plan, open: false, toIssue: false });
  const { region, number } = plan;
  if (!plan.submitted) await db.query(`update cases.case set status = 'accepted' where number = $1`, [number]);
  for (const { item, status, claimedBy, due } of plan.branches)
    await db.query(
      `update cases.branch set status = $4::text, opened_at = $5::timestamptz, promised_due = $6::date, statutory_due = $6::date, issue_due = $6::date,
              claimed_by = case when $4 in ('claimed', 'to-issue', 'granted') then $7 end,
              decided_at = case when $4 in ('to-issue', 'granted') then $5::timestamptz end
        where region = $1 and number = $2 and item = $3`,
      [region, number, item, status, now.toISOString(), due, claimedBy],
    );
}

async function putAccounts(db: Db, world: AnyWorld): Promise<void> {
  for (const region of counties) {
    for (const agency of agencies)
      await db.query(`insert into identity.agency values ($1::text, $2, '', '{}', $1 || '000000', '', false)`, [
        region,
        agency,
      ]);
    for (const [id, active] of Object.entries({ here: true, left: false }))
      await db.query(
        `insert into identity.staff (region, id, login, name, division, agency, active) values ($1::text, $2, $2, '', $1 || '000000', $3, $4)`,
        [region, id, agencies[0], active],
      );
  }
  for (const { actor, given } of accountsOf(world)) {
    const { region, id, division, agency } = actor;
    await db.query(
      `insert into identity.staff (region, id, login, name, division, agency, active) values ($1, $2, $2, '', $3, $4, true)`,
      [region, id, division, agency],
    );
    for (const { lent, revoked, ...power } of given) await putPower(db, actor, { ...power, lent, revoked });
  }
}

async function putPower(
  db: Db,
  { region, id: account }: StaffActor,
  { lent, revoked, ...power }: Given,
): Promise<void> {
  const row = [power.role, power.division, power.agency, power.item ?? null];
  const term = [power.from ?? null, power.until ?? null, power.number ?? null];
  if (lent)
    await db.query(
      `insert into identity.power (region, id, account, role, division, agency, item, granted_by, reason)
       values ($1, $2, $3, $4, $5, $6, $7, 'x', 'x')`,
      [region, `${power.id}-own`, lent, ...row],
    );
  await db.query(
    `insert into identity.power (region, id, account, role, division, agency, item, valid_from, valid_until, number,
                                 lent_by, lent_from, granted_by, reason, revoked_at, revoked_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'x', 'x', $13, $14)`,
    [
      ...[region, power.id, account, ...row, ...term, lent ?? null, lent ? `${power.id}-own` : null],
      ...(revoked ? [now, 'x'] : [null, null]),
    ],
  );
}

/** A world in which every list holds something for somebody, so that comparing them is never comparing nothing. */
export const fullWorld: AnyWorld = {
  cases: (['open', 'claimed', 'to-issue', 'open'] as const).map((status, at) => ({
    ...{ division: '360121100000', applicant: 'father', submitted: at === 0 },
    branches: [
      {
        ...{ agency: '360121-health', division: '360121000000', item: 'birth', status, claimedBy: 'staff-1' },
        due: at === 3 ? '2026-10-12' : '2026-10-08',
      },
    ],
  })),
  requests: [{ division: '360121100000', person: 'father', answered: false }],
  accounts: (['clerk', 'approver', 'issuer', 'supervisor'] as const).map((role) => ({
    ...{ county: '360121', agency: '360121-health' },
    held: [
      {
        ...{ role, division: '360121000000', agency: '360121-health', item: undefined },
        ...{ ofCase: 0, term: 'always', standing: 'given' },
      },
    ],
  })),
};
