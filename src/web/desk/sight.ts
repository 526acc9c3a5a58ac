import { branchResource, type Case, caseResource, isReceiver } from '../../cases/door.ts';
import { type ClientActor, can, type StaffActor } from '../../identity/door.ts';

/** What one staff member may see of one case, and how plainly. */
export type Sight = {
  /** The case lies with the counter, and this person works there. */
  atCounter: boolean;
  /** Branches this person may claim and decide, or has decided on the spot. */
  mine: string[];
  /** Element of the application: not for this reader, masked, or in full. */
  answer(element: string): 'hidden' | 'masked' | 'full';
  material(material: string): boolean;
  /** Results of a branch. */
  results(item: string): 'masked' | 'full';
  files: boolean;
  /** Whether the applicant's name is theirs to see. */
  name: boolean;
  /** Whether the applicant's document number and telephone are. */
  person: boolean;
  /** Why they may read it without saying why: open work of their own, or an emergency that is on record. */
  reason: 'work' | 'break-glass' | undefined;
  /** Something is masked that a reason would show. */
  masked: boolean;
};

/**
 * Only what the work needs (个人信息保护法 art. 6): the counter reads everything as long as the answer is its own, an
 * approver what their branch asks for and only while it is open, who opened it in an emergency all of it; everybody
 * else who may open the case sees it masked until they have said why they need to see it (`told`). What is not for them
 * stays hidden.
 */
export function sightOf(actor: StaffActor | ClientActor, theCase: Case, told = false): Sight {
  const { plan, state } = theCase;
  const resource = caseResource(theCase);
  const counter = can(actor, 'case.accept', resource);
  const whole = counter || can(actor, 'watch.read', { kind: 'watch', division: plan.division });
  const atCounter = counter && ['submitted', 'returned'].includes(state.status);
  const opened = can(actor, 'case.read-all', resource) && !counter;
  const agencys = plan.branches.filter((branch) => can(actor, 'branch.list', branchResource(plan, branch)));
  const decides = agencys.filter(
    (branch) => can(actor, 'branch.claim', branchResource(plan, branch)) && !isReceiver(theCase, actor.id),
  );
  // A colleague's work is not open to the others of the agency while they hold it.
  const working = decides.filter(({ item }) => {
    const { status, claimedBy } = state.branches[item] ?? {};
    return status === 'open' || (status === 'claimed' && claimedBy?.id === actor.id);
  });
  // Who finished it on the spot received it too, and still sees how it ended.
  const didDecide = ({ item }: { item: string }) => state.branches[item]?.decidedBy?.id === actor.id;
  const seen = told ? 'full' : 'masked';
  const upstream = new Set(working.flatMap(({ item }) => needsOf(theCase, item)));
  const part = new Set(agencys.flatMap(({ elements }) => elements));
  const needed = new Set(working.flatMap(({ elements }) => elements));
  return {
    atCounter,
    mine: agencys.filter((branch) => decides.includes(branch) || didDecide(branch)).map(({ item }) => item),
    answer: (element) => {
      if (atCounter || opened || needed.has(element)) return 'full';
      return whole || part.has(element) ? seen : 'hidden';
    },
    material: (material) => whole || opened || agencys.some(({ materials }) => materials.includes(material)),
    results: (item) =>
      counter || opened || upstream.has(item) || agencys.some((own) => own.item === item) ? 'full' : seen,
    files: can(actor, 'file.read', resource),
    name: counter || opened || agencys.length > 0 || told,
    person: atCounter || opened || told,
    reason: opened ? 'break-glass' : atCounter || working.length > 0 ? 'work' : undefined,
    masked: !atCounter && !opened && !told,
  };
}

/** Whether a list names the applicant of a case to somebody: not to who only watches its place, as on its page. */
export function namesApplicant(actor: StaffActor, { number, division }: { number: string; division: string }): boolean {
  const { region } = actor;
  const atCounter = can(actor, 'case.accept', { kind: 'case', region, number, division, applicant: '', parts: [] });
  return atCounter || !can(actor, 'watch.read', { kind: 'watch', division });
}

/** Every branch that one depends on, directly or through others. */
export function needsOf({ plan }: Pick<Case, 'plan'>, item: string): string[] {
  const found = new Set<string>();
  const look = (id: string) => {
    for (const need of plan.branches.find((branch) => branch.item === id)?.dependsOn ?? []) {
      if (found.has(need)) continue;
      found.add(need);
      look(need);
    }
  };
  look(item);
  return plan.branches.map((branch) => branch.item).filter((id) => found.has(id));
}

/** The branch the page is about: the one asked for, else what this person is working on, could take, or decided. */
export function focusOf(
  { state }: Pick<Case, 'state'>,
  mine: string[],
  asked: string | undefined,
  me: string,
): string | undefined {
  if (asked !== undefined && state.branches[asked]) return asked;
  const status = (item: string) => state.branches[item]?.status;
  return (
    mine.find((item) => status(item) === 'claimed' && state.branches[item]?.claimedBy?.id === me) ??
    mine.find((item) => status(item) === 'open') ??
    mine.find((item) => status(item) === 'claimed') ??
    mine[0]
  );
}
