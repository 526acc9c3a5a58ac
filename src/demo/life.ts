import { type Case, type CaseEvent, type Channel, type Command, fold, NotComplete } from '../cases/door.ts';
import type { House } from '../house.ts';
import type { Actor, Doer, StaffActor } from '../identity/door.ts';
import { dayOf, Problem } from '../platform/door.ts';
import type { Dice } from './random.ts';
import { resultsFor } from './results.ts';
import { officeHour, soonAfter, workdaysLater } from './times.ts';

/** Who works where in the demo: what happens to a case is done by these, under the same policy as everybody. */
export type Cast = {
  clerks: Map<string, StaffActor[]>;
  approvers: Map<string, StaffActor[]>;
  issuers: Map<string, StaffActor[]>;
};

type Life = {
  house: House;
  dice: Dice;
  cast: Cast;
  index: number;
  until: string;
  /** Some of it may have been told before. */
  again: boolean;
  applicant: Actor;
  /** What was deemed accepted goes on only from the moment somebody knew of it. */
  knownAt?: string;
};
type Due = { at: string; item: string; issue?: true };

/** How often an agency is late. Uneven, so that there is something to find. */
const lateness: Record<string, number> = {
  'medical-insurance': 0.2,
  'human-resources': 0.12,
  'disability-federation': 0.18,
  agriculture: 0.16,
  'public-security': 0.05,
  tax: 0.02,
};
const usualLateness = 0.07;

const returnReasons = [
  { what: '分娩记录的照片', why: '照片看不清医院的章，请重新拍一张' },
  { what: '申请人签名', why: '最后一页没有签名' },
  { what: '户口本', why: '缺少户主页' },
  { what: '银行卡', why: '卡号和开户人对不上' },
];

/** Lives one submitted case on to its end, or to `until`. Gives the case as it then stands. */
export async function live(life: Life, submitted: Case): Promise<Case> {
  let theCase = submitted;
  let at = submitted.state.submittedAt;
  const { house, dice, cast } = life;
  const clerk = dice.pick(cast.clerks.get(theCase.plan.division) ?? []);
  const calendar = house.calendar();
  const fate = dice.unit();
  const act = actor(life, theCase.plan.number, life.again ? await toldOf(life, theCase.plan.number) : []);

  if (fate > 0.985) return forgotten(life, theCase, act);
  at = workdaysLater(dice, calendar, at, dice.whole(0, 2));
  if (fate < 0.02)
    return act(
      clerk,
      { type: 'not-accept', reason: '申请事项不属于本县受理范围，请到户口所在地的窗口办理。' },
      at,
      theCase,
    );
  if (fate < 0.03) return act(life.applicant, { type: 'withdraw' }, at, theCase);
  if (fate < 0.14) {
    theCase = await act(clerk, { type: 'return', missing: [dice.pick(returnReasons)] }, at, theCase);
    at = workdaysLater(dice, calendar, at, dice.whole(1, 4));
    const channel = dice.chance(0.4) ? 'counter' : 'online';
    theCase = await act(life.applicant, { type: 'resubmit', channel }, at, theCase);
    if (theCase.state.status === 'withdrawn') return theCase;
    at = workdaysLater(dice, calendar, at, dice.whole(0, 1));
  }
  if (theCase.plan.branches.every((branch) => branch.onTheSpot && branch.agency === clerk.agency)) {
    const results = resultsFor(theCase.plan.branches[0]?.results ?? [], dice);
    return act(
      clerk,
      { type: 'decide-on-the-spot', reason: '当场核验，符合条件。', results },
      soonAfter(dice, at),
      theCase,
    );
  }
  theCase = await act(clerk, { type: 'accept' }, at, theCase);
  return decideBranches(life, theCase, act);
}

/** Nobody at the counter answers: after the last day the law does. */
async function forgotten(life: Life, submitted: Case, act: Act): Promise<Case> {
  const { region } = submitted.plan;
  const system = { kind: 'system', id: 'system', region } as const;
  const knownAt = new Date(Date.parse(`${submitted.state.answerDue}T16:01:00Z`)).toISOString();
  const deemed = await act(system, { type: 'deem-accepted' }, knownAt, submitted);
  return deemed.state.status === 'accepted' ? decideBranches({ ...life, knownAt }, deemed, act) : deemed;
}

/** A correction of the past says only where it was brought: what was handed in was right but for a paper. */
type Deed = Command | { type: 'resubmit'; channel: Channel };
type Act = (actor: Doer, command: Deed, at: string, before: Case) => Promise<Case>;

async function decideBranches(life: Life, accepted: Case, act: Act): Promise<Case> {
  let theCase = accepted;
  const planned = new Set<string>();
  const waiting: Due[] = [];
  for (;;) {
    // In the order of the plan: the database keeps the names of members in another one, and chance is drawn here.
    for (const { item } of theCase.plan.branches) {
      const branch = theCase.state.branches[item];
      if (branch?.status !== 'open' || planned.has(item) || !branch.openedAt) continue;
      planned.add(item);
      waiting.push({ item, at: dueTime(life, theCase, item, laterOf(branch.openedAt, life.knownAt)) });
    }
    waiting.sort((a, b) => (a.at < b.at ? -1 : 1));
    const next = waiting.shift();
    if (!next) return theCase;
    theCase = await (next.issue ? issueOne : decideOne)(life, theCase, next, act);
    const { status, decidedAt } = theCase.state.branches[next.item] ?? {};
    if (status === 'to-issue' && decidedAt && !next.issue) {
      const at = workdaysLater(life.dice, life.house.calendar(), decidedAt, life.dice.whole(2, 9));
      waiting.push({ item: next.item, at, issue: true });
    }
  }
}

async function decideOne(life: Life, before: Case, { item, at }: Due, act: Act): Promise<Case> {
  const { dice, cast } = life;
  const plan = before.plan.branches.find((branch) => branch.item === item);
  const approver = dice.pick(cast.approvers.get(plan?.agency ?? '') ?? []);
  const claimed = await act(approver, { type: 'claim', item }, earlier(life, before, item, at), before);
  const granted = !dice.chance(0.03);
  const decision: Deed = granted
    ? {
        type: 'decide',
        item,
        outcome: 'granted',
        reason: '材料齐全，符合条件，同意办理。',
        results: plan?.issueDays === undefined ? resultsFor(plan?.results ?? [], dice) : {},
      }
    : {
        type: 'decide',
        item,
        outcome: 'refused',
        reason: '核查后不符合办理条件，可在 60 日内申请行政复议。',
        results: {},
      };
  return act(approver, decision, at, claimed);
}

/** Somebody else makes the certificate and hands it out. */
async function issueOne({ dice, cast }: Life, before: Case, { item, at }: Due, act: Act): Promise<Case> {
  const plan = before.plan.branches.find((branch) => branch.item === item);
  const issuer = dice.pick(cast.issuers.get(plan?.agency ?? '') ?? []);
  return act(issuer, { type: 'issue', item, results: resultsFor(plan?.results ?? [], dice) }, at, before);
}

/** When a branch is decided: mostly well within the promise, sometimes past it. */
function dueTime({ dice, house }: Life, theCase: Case, item: string, openedAt: string): string {
  const plan = theCase.plan.branches.find((branch) => branch.item === item);
  const promised = plan?.promisedDays ?? 1;
  const late = dice.chance(lateness[plan?.agency.slice(7) ?? ''] ?? usualLateness);
  const days = late
    ? promised + dice.whole(1, 6)
    : Math.min(promised, Math.round(promised * (0.2 + 0.7 * dice.unit())));
  return workdaysLater(dice, house.calendar(), openedAt, days);
}

const noName = { zh: '', en: '' };
const laterOf = (at: string, other = at) => (other > at ? other : at);

/** A claim comes between the opening and the decision. */
function earlier({ dice, knownAt }: Life, theCase: Case, item: string, decidedAt: string): string {
  const openedAt = Date.parse(laterOf(theCase.state.branches[item]?.openedAt ?? decidedAt, knownAt));
  const claimedAt = openedAt + (Date.parse(decidedAt) - openedAt) * (0.3 + 0.6 * dice.unit());
  const day = dayOf(new Date(claimedAt));
  const inOffice = officeHour(dice, day);
  return inOffice > decidedAt || Date.parse(inOffice) < openedAt ? new Date(claimedAt).toISOString() : inOffice;
}

/** What has been told of a case: its events, by the act that caused them, the submission first. */
async function toldOf({ house, applicant }: Life, number: string): Promise<CaseEvent[][]> {
  const { events } = await house.cases.read(applicant, number);
  const acts: CaseEvent[][] = [];
  for (const event of events as (CaseEvent & { command?: string | null })[]) {
    if (event.command) acts.push([event]);
    else acts.at(-1)?.push(event);
  }
  return acts;
}

/**
 * Does one command as somebody, at a moment; what lies after `until` does not happen and leaves the case as it was. What
 * was told before is not done again: what follows is told of the case as it stood then.
 */
function actor(life: Life, number: string, told: CaseEvent[][]): Act {
  let step = 0;
  let over = false;
  return async (actor, command, at, before) => {
    step++;
    if (step < told.length) return fold(told.slice(0, step + 1).flat());
    over ||= at > life.until;
    if (over) return before;
    const commandId = `past-${life.index}-${step}`;
    try {
      const { cases } = life.house;
      if (command.type !== 'resubmit') return await cases.act({ actor, number, command, commandId, at });
      const { channel } = command;
      const wish = { actor: life.applicant, number, commandId, at };
      return await cases.correct({ ...wish, answers: {}, otherName: noName, channel }).catch((error) => {
        // What was right when it was sent can be too late some days on, such as a due date; then the applicant gives up.
        if (!(error instanceof NotComplete)) throw error;
        return cases.act({ ...wish, command: { type: 'withdraw' } });
      });
    } catch (error) {
      if (error instanceof Problem)
        throw new Error(`${command.type} of past case ${life.index}: ${error.code}`, { cause: error });
      throw error;
    }
  };
}
