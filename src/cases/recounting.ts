import { type Doer, scopeOf } from '../identity/door.ts';
import { type Calendar, type Db, type Log, Problem, readCalendar } from '../platform/door.ts';
import type { openAct } from './act.ts';
import { noteRecounted, recountedWith, runningCases } from './store-recount.ts';

/** Cases taken at once. */
const batch = 200;

/**
 * Opens counting due days anew after the calendar has changed: every running case of the county, each by the same path
 * as any act. Gives how many changed. Does nothing while the calendar is the one of the last time. One that was cut
 * short, or could not change a case, begins again; what was counted already takes no second effect.
 */
export function openRecounting(db: Db, calendar: () => Calendar, act: ReturnType<typeof openAct>, log: Log) {
  return async (actor: Doer, at: string): Promise<number> => {
    const [scope] = scopeOf(actor, 'case.recount');
    const { source } = calendar();
    if (!scope || (await recountedWith(db, scope.region)) === source) return 0;
    // Somebody has stored another one, which this process has not heard of yet: it would count with the wrong days.
    if ((await readCalendar(db)).source !== source) return 0;
    let [changed, failed] = [0, 0];
    for (let after = ''; ; ) {
      const numbers = await runningCases(db, scope.region, { after, limit: batch });
      for (const number of numbers) {
        const commandId = `recount.${source}.${number}`;
        await act({ actor, number, command: { type: 'recount' }, commandId, at }).then(
          () => changed++,
          (error: Error) => {
            if (error instanceof Problem && passesOver.includes(error.code)) return;
            failed++;
            log.warn({ code: 'not-recounted', reason: error.name });
          },
        );
      }
      const last = numbers.at(-1);
      if (!last || numbers.length < batch) break;
      after = last;
    }
    if (failed === 0) await noteRecounted(db, scope.region, source, at);
    return changed;
  };
}

/** All stays as it is, or the case has ended meanwhile. */
const passesOver: string[] = ['nothing-to-do', 'action-not-possible'];
