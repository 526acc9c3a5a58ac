import { dayOf, Problem } from '../platform/door.ts';
import { allowedNow } from './allowed.ts';
import { answerDue } from './answer-due.ts';
import { decideBranch, openingEvents, stopEverything } from './branches.ts';
import type { Case, CaseEvent, CaseMaterial, CasePlan, Command, Who } from './case.ts';
import { type Context, reasonOf, stamp } from './context.ts';
import { evolveAll } from './evolve.ts';
import { issueBranch } from './issuing.ts';
import { recount } from './recount.ts';

/** The first event of a case. */
export function submit(
  plan: CasePlan,
  answers: Record<string, string>,
  materials: CaseMaterial[],
  context: Context,
): CaseEvent {
  return {
    type: 'submitted',
    ...stamp(context),
    plan,
    answers,
    materials,
    answerDue: answerDue(plan, context.at, context.calendar),
  };
}

/**
 * Which events a command causes on a case. Throws a `Problem` with a name when the case does not allow it.
 * Pure: no clock, no database, no chance.
 */
export function decide(theCase: Case, command: Command, context: Context): CaseEvent[] {
  const events = step(theCase, command, context);
  if ((command.type === 'claim' || command.type === 'decide') && receivedBy(theCase, context.by))
    throw new Problem('received-by-you');
  if (events.some(refuses) && isProgram(context.by)) throw new Problem('refusal-needs-a-person');
  return events;
}

/** Whether an event says no to somebody. */
export function refuses(event: CaseEvent): boolean {
  return event.type === 'not-accepted' || (event.type === 'branch-decided' && event.outcome === 'refused');
}

/** Nobody is refused by a program alone (个人信息保护法 art. 24): who says no has a name. */
const isProgram = ({ id, name }: Who) => id === 'system' || name.trim() === '';

/** Also when a colleague decides in the place of who received it. */
const receivedBy = (theCase: Case, { id, actsFor }: Who): boolean =>
  isReceiver(theCase, id) || (actsFor !== undefined && isReceiver(theCase, actsFor.id));

/** Who received a case does not decide it (受审分离), whatever roles they have; on the spot it is one act. */
export function isReceiver({ state }: Pick<Case, 'state'>, account: string): boolean {
  return state.acceptedBy === account;
}

function step(theCase: Case, command: Command, context: Context): CaseEvent[] {
  refuseUnlessAllowed(theCase, command);
  const by = stamp(context);
  switch (command.type) {
    case 'return':
      if (command.missing.length === 0) throw new Problem('missing-list-empty');
      return [{ type: 'returned', ...by, missing: command.missing }];
    case 'resubmit': {
      const { answers, materials, channel } = command;
      const due = answerDue(theCase.plan, context.at, context.calendar);
      return [{ type: 'resubmitted', ...by, answers, materials, channel, answerDue: due }];
    }
    case 'accept':
      return [{ type: 'accepted', ...by }, ...openingEvents(theCase, theCase.state.branches, context)];
    case 'deem-accepted':
      return deemAccepted(theCase, context);
    case 'recount':
      return recount(theCase, context);
    case 'not-accept':
      return [{ type: 'not-accepted', ...by, reason: reasonOf(command.reason) }];
    case 'withdraw':
      return [...stopEverything(theCase, context), { type: 'withdrawn', ...by }];
    case 'claim':
    case 'release':
    case 'decide':
      return decideBranch(theCase, command, context);
    case 'issue':
      return issueBranch(theCase, command, context);
    case 'decide-on-the-spot':
      return onTheSpot(theCase, command, context);
    default:
      return unknown(command);
  }
}

function refuseUnlessAllowed(theCase: Case, command: Command): void {
  if (allowedNow(theCase).includes(command.type)) return;
  const { status, timesReturned } = theCase.state;
  if (command.type === 'return' && status === 'submitted' && timesReturned > 0)
    throw new Problem('already-returned-once');
  if (command.type === 'decide-on-the-spot' && status === 'submitted') throw new Problem('not-on-the-spot');
  throw new Problem('action-not-possible', { status });
}

/**
 * Nobody has answered by the last day: the case counts as accepted from when its papers were received (行政许可法
 * art. 32(4)), and so do the clocks of what opens. The last day is the later one of what was said and what the calendar
 * says now: holidays that were announced meanwhile may not have been counted in yet.
 */
function deemAccepted(theCase: Case, context: Context): CaseEvent[] {
  const { state, plan } = theCase;
  const from = state.resubmittedAt ?? state.submittedAt;
  const counted = answerDue(plan, from, context.calendar);
  const last = counted > state.answerDue ? counted : state.answerDue;
  if (dayOf(context.at) <= last) throw new Problem('answer-not-overdue', { day: last });
  const opened = openingEvents(theCase, state.branches, { ...context, countedFrom: from });
  return [{ type: 'accepted', ...stamp(context), deemedFrom: from }, ...opened];
}

/** Accept, claim and decide in one act: an item done while the applicant waits (即办件). */
function onTheSpot(
  theCase: Case,
  command: Extract<Command, { type: 'decide-on-the-spot' }>,
  context: Context,
): CaseEvent[] {
  const { reason, results } = command;
  const steps: Command[] = [
    { type: 'accept' },
    ...theCase.plan.branches.flatMap(({ item }): Command[] => [
      { type: 'claim', item },
      { type: 'decide', item, outcome: 'granted', reason, results },
    ]),
  ];
  const events: CaseEvent[] = [];
  for (const next of steps) {
    const state = evolveAll(theCase.state, events);
    events.push(...step({ ...theCase, state }, next, context));
  }
  return events;
}

function unknown(command: never): never {
  throw new Error(`unknown command ${(command as Command).type}`);
}
