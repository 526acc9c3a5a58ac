import type { House } from '../../house.ts';
import { assertLists, type StaffActor } from '../../identity/door.ts';
import { Problem } from '../../platform/door.ts';

export type Taken = { number: string; item: string; claimed: boolean };

/**
 * Takes the most urgent branch that is nobody's, or gives one that is already this person's; nothing when none waits.
 * Throws what the policy says.
 */
export async function takeNext({ cases, ids }: House, actor: StaffActor, at: string): Promise<Taken | undefined> {
  assertLists(actor, 'branch.list');
  for (const { number, item, claimedBy } of await cases.lists.takeable(actor)) {
    if (claimedBy === actor.id) return { number, item, claimed: false };
    try {
      await cases.act({ actor, number, command: { type: 'claim', item }, commandId: ids.id(actor.region), at });
      return { number, item, claimed: true };
    } catch (error) {
      // A colleague was faster: try the one after.
      if (!(error instanceof Problem) || error.kind === 'forbidden') throw error;
    }
  }
  return undefined;
}
