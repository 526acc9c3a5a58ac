import type { Elements } from '../elements/door.ts';
import { actsFor, assertCan, can, type Doer, type Resource } from '../identity/door.ts';
import { type Calendar, type Db, Problem } from '../platform/door.ts';
import type { Case, CasePlan, Command, Who } from './case.ts';
import { commandName } from './command-name.ts';
import { addedConsent } from './consent-added.ts';
import type { MayConsent } from './consent-age.ts';
import { decide } from './decide.ts';
import { evolveAll } from './evolve.ts';
import { type Sealing, withoutResults } from './sealing.ts';
import { loadCase } from './store.ts';
import { type Append, openAppender } from './store-append.ts';

/** One wish to change one case. */
export type ActRequest = {
  actor: Doer;
  number: string;
  command: Command;
  /** Client-made; the same wish of the same actor under the same id takes effect once. */
  commandId: string;
  /** The version the actor was looking at; when given, a case that has moved on is not changed. */
  seenVersion?: number;
  /** ISO instant. */
  at: string;
};

/** Another process may win the guard; then the act is decided anew on what it left behind. */
const tries = 4;

/**
 * Opens the one way to change a case: ask the policy, decide, seal, fold, append. What it gives back says where the case
 * stands, without results.
 *
 * A case this process has just changed is remembered, and the next act is decided on that: one statement in all. The
 * guard of its version tells when somebody else has changed it since. Only the policy refuses on what is remembered, for
 * it asks about the plan, which never changes; otherwise, as when the guard fails, the case is read and decided anew.
 */
export function openAct(needs: {
  db: Db;
  calendar: () => Calendar;
  sealing: Sealing;
  elements: Elements;
  mayConsent: MayConsent;
}): (request: ActRequest) => Promise<Case> {
  const { db, calendar, sealing } = needs;
  const append = openAppender(db);
  const inTurn = turns();
  const remembered = memory<Case>(2000);

  /** Nothing when somebody else has changed the case since. */
  const write = async (request: ActRequest, theCase: Case): Promise<Case | undefined> => {
    const made = next(request, theCase, calendar(), sealing);
    const consent = await addedConsent(db, needs, request, theCase);
    return (await append({ ...made, consent }))
      ? remembered.keep(request.number, { plan: theCase.plan, state: made.state })
      : undefined;
  };
  const onRemembered = async (request: ActRequest): Promise<Case | undefined> => {
    const theCase = remembered.take(request.number);
    if (!theCase) return undefined;
    ask(request, theCase);
    return write(request, theCase).catch((error) => {
      if (error instanceof Problem || isRepeated(error)) return undefined;
      throw error;
    });
  };
  const onRead = async (request: ActRequest): Promise<Case | undefined> => {
    const key = { region: request.number.slice(0, 6), number: request.number };
    const loaded = await loadCase(db, key, nameOf(request));
    if (!loaded) throw new Problem('case-not-found');
    ask(request, loaded);
    return loaded.seen ? loaded : write(request, loaded);
  };

  return (request) =>
    inTurn(request.number, async () => {
      let done = await onRemembered(request);
      for (let attempt = 0; !done && attempt < tries; attempt++) done = await onRead(request);
      if (!done) throw new Problem('changed-meanwhile');
      return withoutResults(done);
    });
}

const nameOf = ({ actor, command, commandId }: ActRequest): string =>
  commandName(whoIs(actor).id, [command.type, 'item' in command ? command.item : ''], commandId);

function next(request: ActRequest, loaded: Case, calendar: Calendar, sealing: Sealing): Append {
  const { command, at, seenVersion } = request;
  const { plan, state } = loaded;
  if (seenVersion !== undefined && seenVersion !== state.version) throw new Problem('changed-meanwhile');
  const context = { at, by: byOf(request, loaded), calendar, takesBack: takesBack(request, loaded) };
  const decided = decide(loaded, command, context);
  const { region, number } = plan;
  const { events, parts } = sealing.seal(plan, decided, state.version + 1);
  const append: Append = {
    region,
    number,
    expected: state.version,
    state: evolveAll(state, events),
    events,
    parts,
    commandId: nameOf(request),
  };
  if (command.type === 'resubmit') {
    const { answers, materials } = command;
    const cards = sealing.cardsIn(region, answers);
    append.dossier = { answers: sealing.split(answers).clear, materials, cards };
  }
  return append;
}

/** Asks the policy. Whoever may not even read the case is told it does not exist. */
function ask({ actor, command }: ActRequest, { plan }: Case): void {
  const resource = caseResource({ plan });
  if (actor.kind !== 'guest' && !can(actor, 'case.read', resource)) throw new Problem('case-not-found');
  if (isOnBranch(command)) {
    const branch = plan.branches.find(({ item }) => item === command.item);
    if (!branch) throw new Problem('branch-not-found');
    assertCan(actor, `branch.${command.type}`, branchResource(plan, branch));
    return;
  }
  assertCan(actor, `case.${command.type}`, resource);
}

type BranchCommand = Extract<Command, { type: 'claim' | 'release' | 'decide' | 'issue' }>;
const isOnBranch = (command: Command): command is BranchCommand => 'item' in command;

/** What the policy needs to know of a case. */
export function caseResource({ plan }: Pick<Case, 'plan'>): Extract<Resource, { kind: 'case' }> {
  const { region, number, division, applicant, branches } = plan;
  const parts = branches.map(({ agency, item }) => ({ agency, item }));
  return { kind: 'case', region, number, division, applicant: applicant.id, parts };
}

/** What the policy needs to know of a branch. */
export function branchResource(
  { region, number }: Pick<CasePlan, 'region' | 'number'>,
  { agency, item, division }: Pick<CasePlan['branches'][number], 'agency' | 'item' | 'division'>,
): Extract<Resource, { kind: 'branch' }> {
  return { kind: 'branch', region, number, division, agency, item };
}

/** The branch a command is about as the policy asks of it, with who has claimed it. */
function claimedBranch({ command }: Pick<ActRequest, 'command'>, { plan, state }: Case) {
  const branch = isOnBranch(command) ? plan.branches.find(({ item }) => item === command.item) : undefined;
  return branch && { ...branchResource(plan, branch), claimedBy: state.branches[branch.item]?.claimedBy?.id };
}

/** Whether the policy lets somebody give back a branch although a colleague has claimed it. */
function takesBack(request: ActRequest, theCase: Case): boolean {
  const branch = request.command.type === 'release' ? claimedBranch(request, theCase) : undefined;
  return branch !== undefined && can(request.actor, 'branch.release', branch);
}

/** Who acts, and for which colleague when it is done with a power they lent. */
function byOf(request: ActRequest, theCase: Case): Who {
  const { actor, command } = request;
  const who = whoIs(actor);
  if (actor.kind !== 'staff' || !actor.powers.some((power) => power.lentBy)) return who;
  const branch = claimedBranch(request, theCase);
  const [colleague] = branch
    ? actsFor(actor, `branch.${command.type}` as 'branch.decide', branch)
    : actsFor(actor, `case.${command.type}` as 'case.accept', caseResource(theCase));
  return colleague ? { ...who, actsFor: colleague } : who;
}

/** How an actor is named in events. */
export function whoIs(actor: Doer): Who {
  if (actor.kind === 'guest') throw new Problem('sign-in-required');
  if (actor.kind === 'person') return { id: actor.id, name: actor.name };
  if (actor.kind === 'system') return { id: actor.id, name: '' };
  // Other systems read, and machines people use do nothing by themselves; the policy lets neither act on a case.
  if (actor.kind === 'client' || actor.kind === 'device') throw new Problem('not-allowed');
  return { id: actor.id, name: actor.name, agency: actor.agency, agencyName: actor.agencyName };
}

/** A command that took effect before would be a second event of the same name. */
function isRepeated(error: unknown): boolean {
  return error instanceof Error && 'constraint' in error && error.constraint === 'event_command';
}

/** The latest so many values by key; one that is taken is gone until it is kept again. */
function memory<T>(most: number) {
  const values = new Map<string, T>();
  return {
    take(key: string): T | undefined {
      const value = values.get(key);
      values.delete(key);
      return value;
    },
    keep(key: string, value: T): T {
      const [oldest] = values.size >= most ? values.keys() : [];
      if (oldest !== undefined) values.delete(oldest);
      values.set(key, value);
      return value;
    },
  };
}

/** Work on the same key runs one after the other in this process; other keys are not held up. */
function turns(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const mine = (last.get(key) ?? Promise.resolve()).then(work, work);
    const settled = mine.catch(() => undefined);
    last.set(key, settled);
    void settled.then(() => last.get(key) === settled && last.delete(key));
    return mine;
  };
}
