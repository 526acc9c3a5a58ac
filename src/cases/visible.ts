import type { Answers } from '../elements/door.ts';
import { can, type Doer } from '../identity/door.ts';
import { branchResource, caseResource } from './act.ts';
import type { CaseMaterial, CasePlan } from './case.ts';

/**
 * How much of a dossier an actor may read: all of it who hands it in, the applicant and the counter.
 * Who decides a branch reads what its item asks for and no more (个人信息保护法 art. 6, 最小范围). Everybody else who may see
 * that the case exists, such as a supervisor, reads nothing of it. Pure; the policy says who is who.
 */
type Reach = 'all' | { elements: Set<string>; materials: Set<string>; results: Set<string> };

function reachOf(actor: Doer, plan: CasePlan): Reach {
  if (can(actor, 'case.read-all', caseResource({ plan }))) return 'all';
  const own = plan.branches.filter((branch) => can(actor, 'branch.list', branchResource(plan, branch)));
  return {
    elements: new Set(own.flatMap(({ elements }) => elements)),
    materials: new Set(own.flatMap(({ materials }) => materials)),
    // A branch hands its results on to those that wait for it.
    results: new Set(own.flatMap(({ item, dependsOn }) => [item, ...dependsOn])),
  };
}

/** The answers an actor may read. */
export function readable(actor: Doer, { plan, answers }: { plan: CasePlan; answers: Answers }): Answers {
  const reach = reachOf(actor, plan);
  if (reach === 'all') return answers;
  return Object.fromEntries(Object.entries(answers).filter(([element]) => reach.elements.has(element)));
}

/** The materials, with their files, an actor may open. */
export function readableMaterials(
  actor: Doer,
  { plan, materials }: { plan: CasePlan; materials: CaseMaterial[] },
): CaseMaterial[] {
  const reach = reachOf(actor, plan);
  return reach === 'all' ? materials : materials.filter(({ material }) => reach.materials.has(material));
}

/** Whether an actor may read what a branch handed on, e.g. the child's ID number. */
export function readsResults(actor: Doer, plan: CasePlan): (item: string) => boolean {
  const reach = reachOf(actor, plan);
  return (item) => reach === 'all' || reach.results.has(item);
}

/** Whether an actor may read the whole dossier, and so what the applicant said of their situation. */
export function readsAll(actor: Doer, plan: CasePlan): boolean {
  return reachOf(actor, plan) === 'all';
}
