import { can, type Doer, type StaffActor } from '../identity/door.ts';
import { branchResource, caseResource } from './act.ts';
import type { Case } from './case.ts';
import { isReceiver } from './decide.ts';
import { hadAPartIn } from './issuing.ts';

/** What one reader may see of one case, and how plainly. */
export type Sight = {
  /** The case lies with the counter, and this person works there. */
  atCounter: boolean;
  /** Branches this person may claim and decide, or may issue, or has decided on the spot or issued. */
  mine: string[];
  /** Those of them that wait to be issued by this person, who neither received nor decided them. */
  issues: string[];
  /** Element of the application: not for this reader, masked, or in full. */
  answer(element: string): 'hidden' | 'masked' | 'full';
  material(material: string): boolean;
  /** Results of a branch. */
  results(item: string): 'masked' | 'full';
  /** Whether what the applicant said of their situation is theirs to see. */
  situation: boolean;
  files: boolean;
  /** Whether the applicant's name is theirs to see. */
  name: boolean;
  /** Whether the applicant's document number and telephone are. */
  person: boolean;
  /** Why they may read it without saying why: their own case, open work of their own, or an emergency on record. */
  reason: 'own' | 'work' | 'break-glass' | undefined;
  /** Something is masked that a reason would show. */
  masked: boolean;
};

/**
 * Only what the work needs (个人信息保护法 art. 6, 最小范围), the one rule for pages, files and the interface: the applicant
 * reads everything, the counter as long as the answer is its own, an approver what their branch asks for and only while
 * it is open, who opened it in an emergency all of it; other staff who may open the case see it masked until they have
 * said why they need to see it (`told`). What is not for them stays hidden; another system reads no answers. Pure.
 */
export function sightOf(actor: Doer, theCase: Pick<Case, 'plan' | 'state'>, told = false): Sight {
  const { plan, state } = theCase;
  const resource = caseResource(theCase);
  const all = can(actor, 'case.read-all', resource);
  const own = all && actor.kind === 'person';
  const counter = can(actor, 'case.accept', resource);
  const opened = all && !own && !counter;
  const watches = actor.kind === 'staff' && can(actor, 'watch.read', { kind: 'watch', division: plan.division });
  const atCounter = counter && ['submitted', 'returned'].includes(state.status);
  const plain = own || atCounter || opened;
  const { agencys, decides, issues, working } = partsIn(theCase, actor);
  // Who finished it on the spot received it too, and still sees how it ended; so does who issued it.
  const didEnd = ({ item }: { item: string }) =>
    [state.branches[item]?.decidedBy?.id, state.branches[item]?.issuedBy?.id].includes(idOf(actor));
  const seen = told ? 'full' : 'masked';
  const upstream = new Set(working.flatMap(({ item }) => needsOf(theCase, item)));
  const part = new Set(agencys.flatMap(({ elements }) => elements));
  const needed = new Set(working.flatMap(({ elements }) => elements));
  return {
    atCounter,
    mine: agencys
      .filter((branch) => decides.includes(branch) || issues.includes(branch) || didEnd(branch))
      .map(({ item }) => item),
    issues: issues.map(({ item }) => item),
    answer: (element) => {
      if (plain || needed.has(element)) return 'full';
      return counter || watches || part.has(element) ? seen : 'hidden';
    },
    material: (material) => all || watches || agencys.some(({ materials }) => materials.includes(material)),
    results: (item) => (all || upstream.has(item) || agencys.some((each) => each.item === item) ? 'full' : seen),
    situation: all,
    files: can(actor, 'file.read', resource),
    name: all || agencys.length > 0 || told,
    person: plain || told,
    reason: own ? 'own' : opened ? 'break-glass' : atCounter || working.length > 0 ? 'work' : undefined,
    masked: !plain && !told,
  };
}

/** The branches of somebody's agency, those of them they may decide, and those that are their open work now. */
function partsIn(theCase: Pick<Case, 'plan' | 'state'>, actor: Doer) {
  const { plan, state } = theCase;
  const agencys = plan.branches.filter((branch) => can(actor, 'branch.list', branchResource(plan, branch)));
  const decides = agencys.filter(
    (branch) => can(actor, 'branch.claim', branchResource(plan, branch)) && !isReceiver(theCase, idOf(actor)),
  );
  // A colleague's work is not open to the others of the agency while they hold it.
  const deciding = decides.filter(({ item }) => {
    const { status, claimedBy } = state.branches[item] ?? {};
    return status === 'open' || (status === 'claimed' && claimedBy?.id === idOf(actor));
  });
  const issues = agencys.filter(
    (branch) =>
      state.status === 'accepted' &&
      state.branches[branch.item]?.status === 'to-issue' &&
      can(actor, 'branch.issue', branchResource(plan, branch)) &&
      !hadAPartIn(theCase, branch.item, { id: idOf(actor) }),
  );
  return { agencys, decides, issues, working: [...deciding, ...issues] };
}

const idOf = (actor: Doer) => (actor.kind === 'guest' ? '' : actor.id);

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
