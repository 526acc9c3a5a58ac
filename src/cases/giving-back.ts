import type { SystemActor } from '../identity/door.ts';
import type { Db, Log } from '../platform/door.ts';
import type { openAct } from './act.ts';
import { claimedBy } from './store.ts';

/**
 * Opens what becomes of work somebody had claimed whose account is switched off: it is open again, for anybody of the
 * agency, by the same path as any act. Gives how many. Safe to run twice, or beside a colleague who acts meanwhile.
 */
export function openGivingBack(db: Db, act: ReturnType<typeof openAct>, log: Log) {
  return async (actor: SystemActor, accounts: string[], at: string): Promise<number> => {
    if (accounts.length === 0) return 0;
    let given = 0;
    for (const { number, item, from, version } of await claimedBy(db, actor.region, accounts)) {
      const command = { type: 'release' as const, item, from };
      await act({ actor, number, command, commandId: `given-back.${number}.${item}.${version}`, at }).then(
        () => given++,
        (error: Error) => log.info({ code: 'not-given-back', reason: error.name }),
      );
    }
    return given;
  };
}
