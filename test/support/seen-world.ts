import fc from 'fast-check';
import type { CasePlan } from '../../src/cases/case.ts';
import { submit } from '../../src/cases/decide.ts';
import { fold } from '../../src/cases/evolve.ts';
import { branchOf, calendar, father, planOf } from '../../src/cases/scenario.ts';
import { insertCase } from '../../src/cases/store.ts';
import { type Actor, powersOf, staffActor } from '../../src/identity/door.ts';
import type { Db } from '../../src/platform/door.ts';
import { anyCase } from './actors.ts';

/** A database of cases that `anyActor` may or may not see. */
export type SeenPlan = CasePlan & { open: boolean; toIssue: boolean };
export const people = ['father', 'mother', 'x'];
const agency = '360121100000-township-centre';
const place = { division: '360121100000', agency };
export const clerk: Actor = staffActor(
  { ...place, id: 'ada', region: '360121', name: '', agencyName: { zh: '', en: '' } },
  powersOf(['clerk'], place),
);
export const person = (id: string): Actor => ({ kind: 'person', id, region: '360121', name: '' });

/** What the form of a case was for. */
export const formOf = ({ branches }: Pick<CasePlan, 'branches'>) => ({ kind: 'item', id: branches[0]?.item ?? 'x' });

/** Puts cases in, each with its draft, a paper and a rating, and all people; gives the cases. */
export async function seenWorld(db: Db): Promise<SeenPlan[]> {
  const inCounties = anyCase.filter(({ division }) => /^3601(21|23)/.test(division));
  const plans = fc.sample(inCounties, { seed: 7, numRuns: 45 }).map(
    ({ division, applicant, parts }, serial): SeenPlan => ({
      ...planOf(
        parts.map(({ item, agency }) =>
          branchOf(item, [], { agency, division: item === 'birth' ? `${division.slice(0, 6)}000000` : division }),
        ),
      ),
      region: division.slice(0, 6),
      division,
      number: `case-${serial}`,
      applicant: { id: applicant, name: `陈${applicant}` },
      open: serial % 2 === 0,
      toIssue: serial % 4 === 1,
    }),
  );
  for (const plan of plans) await insertSeen(db, plan);
  for (const region of ['360121', '360123']) {
    for (const id of people) await insertPerson(db, region, id);
    await insertOffice(db, region, plans.find((plan) => plan.region === region)?.number ?? '');
  }
  return plans;
}

/** One of them, with its draft, a paper, a request, a consent and a rating. */
export async function insertSeen(db: Db, { open, toIssue, ...plan }: SeenPlan): Promise<void> {
  const { region, number, applicant, division } = plan;
  const event = submit(plan, {}, [], { at: '2026-10-09T02:00:00.000Z', by: father, calendar });
  const draft = `${region}-${number}`;
  const part = { seq: 1, sealed: Buffer.from('sealed'), keyId: 1 };
  const dossier = { answers: {}, materials: [] };
  await insertCase(db, { theCase: fold([event]), event, part, dossier, draft, commandId: number, cards: [] });
  await db.query(
    `insert into cases.draft (region, id, owner, division, subject_kind, subject_id, subject_version, situation, updated_at)
     values ($1, $2, $3, $4, 'item', $5, 1, '{}', now())`,
    [region, draft, applicant.id, division, formOf(plan).id],
  );
  await db.query(
    `insert into cases.file (region, id, draft, material, owner, name, media_type, bytes, address, at, key_id)
     values ($1, $2, $3, 'm', 'somebody', 'a.pdf', 'application/pdf', 1, 'x', now(), 1)`,
    [region, `file-${number}`, draft],
  );
  await db.query(
    `with asked as (
       insert into rights.request (region, id, person, division, kind, at, due, sealed, key_id)
       values ($1, $2, $3, $4, 'explain', now(), now(), '', 1) returning region, id
     )
     insert into rights.answer (region, request, outcome, reason, at, by_id, agency)
     select region, id, 'done', 'x', now(), '', '' from asked`,
    [region, `request-${number}`, applicant.id, division],
  );
  await db.query(
    `insert into cases.consent (region, number, seq, kind, person, elements, text, given_as, by_id, at)
     values ($1, $2, 1, 'given', $3, '{x}', 'v1', 'self', $3, now())`,
    [region, number, applicant.id],
  );
  await db.query(
    `insert into rating.invitation (region, number, person, division, agencies, subject) values ($1, $2, $3, $4, '{}', '{}')`,
    [region, number, applicant.id, division],
  );
  await db.query(
    `insert into rating.rating (region, number, level, codes, comment, at, by_id, command) values ($1, $2, 5, '{}', '', now(), $3, '')`,
    [region, number, applicant.id],
  );
  if (!open && !toIssue) return;
  await db.query(
    `update cases.branch set status = $3, opened_at = now(), promised_due = '2026-10-12', statutory_due = '2026-10-12'
      where region = $1 and number = $2`,
    [region, number, open ? 'open' : 'to-issue'],
  );
}

async function insertPerson(db: Db, region: string, id: string): Promise<void> {
  await db.query(`insert into identity.person (region, id, name, created_at) values ($1, $2, '', now())`, [region, id]);
}

/** What administrators and a representative see: the trail, an alarm, a hold, accounts, and who may act for an organisation. */
async function insertOffice(db: Db, region: string, number: string): Promise<void> {
  await db.query(
    `insert into ledger.trail (region, id, at, kind, what, who_kind, who_id, network, outcome)
     values ($1, $1 || '-entry', now(), 'reading', 'case.read', 'staff', 'ada', '', 'done')`,
    [region],
  );
  await db.query(
    `with alarm as (
       insert into ledger.alarm (region, who, day, rule, subject, at, count)
       values ($1, 'ada', '2026-10-09', 'volume', '', now(), 80) returning *
     )
     insert into ledger.alarm_note (region, who, day, rule, subject, at, by_id, note)
     select region, who, day, rule, subject, now(), 'x', 'x' from alarm`,
    [region],
  );
  await db.query(
    `insert into cases.legal_hold (region, number, id, reason, by_id, from_at) values ($1, $2, 'hold', 'x', 'x', now())`,
    [region, number],
  );
  await insertAccount(db, region);
  for (const [at, organisation] of ['bakery', 'mill'].entries()) {
    await db.query(
      `insert into identity.organisation (region, id, credit_code, name, created_at) values ($1, $2, $3, '', now())`,
      [region, organisation, `${region}${at}`],
    );
    await db.query(
      `insert into identity.organisation_power (region, organisation, holder_index, holder_name, ref, kind, since)
       values ($1, $2, '', '', 'x', 'agent', now())`,
      [region, organisation],
    );
    await db.query(
      `insert into identity.organisation_act (region, organisation, id, at, act, by_person, ref, holder_name)
       values ($1, $2, $2, now(), 'grant', 'x', 'x', '')`,
      [region, organisation],
    );
  }
}

/** An account that opened a case in an emergency, and what was found of it. */
async function insertAccount(db: Db, region: string): Promise<void> {
  const place = `${region}000000`;
  await db.query(`insert into identity.agency values ($1, 'office', '', '{}', $2, '', false)`, [region, place]);
  await db.query(
    `insert into identity.staff (region, id, login, name, division, agency) values ($1, 'ada', 'ada', '', $2, 'office')`,
    [region, place],
  );
  await db.query(
    `with opened as (
       insert into identity.power (region, id, account, role, division, agency, number, valid_until, granted_by, reason)
       values ($1, 'glass', 'ada', 'break-glass', $2, 'office', 'x', now(), 'ada', 'x') returning region, id
     )
     insert into identity.break_glass_review (region, power, verdict, remark, reviewed_by, reviewed_at)
     select region, id, 'justified', 'x', 'x', now() from opened`,
    [region, place],
  );
}
