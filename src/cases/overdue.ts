import { type Doer, scopeOf } from '../identity/door.ts';
import { type Db, dayOf, type Log } from '../platform/door.ts';
import type { openAct } from './act.ts';
import { overdueAnswers } from './store.ts';

/** Cases taken at once. */
const batch = 200;

/**
 * Opens the effect of silence: cases whose answer is overdue at a moment are accepted by law (行政许可法 art. 32), each by
 * the same path as any act. Gives how many. Safe to run twice, or beside a clerk who answers at the same moment: the
 * guard of the case lets one of them through, and the other finds nothing to do.
 */
export function openOverdue(db: Db, act: ReturnType<typeof openAct>, log: Log) {
  return async (actor: Doer, at: string): Promise<number> => {
    const [scope] = scopeOf(actor, 'case.deem-accepted');
    if (!scope) return 0;
    let deemed = 0;
    for (let after = ''; ; ) {
      const numbers = await overdueAnswers(db, scope.region, { today: dayOf(at), after, limit: batch });
      for (const number of numbers) {
        const request = {
          actor,
          number,
          command: { type: 'deem-accepted' as const },
          commandId: `deemed.${number}`,
          at,
        };
        await act(request).then(
          () => deemed++,
          (error: Error) => log.info({ code: 'not-deemed-accepted', reason: error.name }),
        );
      }
      const last = numbers.at(-1);
      if (!last || numbers.length < batch) return deemed;
      after = last;
    }
  };
}
