import { assertCan, type Doer, sightFor } from './identity/door.ts';
import type { AlarmKey, AlarmName, AlarmRow, Alarms, Trail, TrailEntry, TrailFilter, TrailRow } from './ledger/door.ts';
import { type Db, type Once, type Page, Problem } from './platform/door.ts';

export type Audit = ReturnType<typeof openAudit>;
const thing = { kind: 'house' } as const;

/**
 * What the audit administrator asks: the trail and the alarms of their own county. The ledger knows no roles, so the
 * policy is asked here, above both rooms; and all is read with the eyes of who asks, so that the database asks again.
 */
export function openAudit(db: Db, trail: Trail, alarms: Alarms) {
  const eyes = (actor: Doer) => {
    assertCan(actor, 'trail.read', thing);
    return { seen: db.seenBy(sightFor(actor)), region: actor.region };
  };
  return {
    /** Entries of the trail, the latest first. */
    async search(actor: Doer, filter: Omit<TrailFilter, 'region'>, limit: number): Promise<TrailRow[]> {
      const { seen, region } = eyes(actor);
      return trail.search(seen, { ...filter, region }, limit);
    },
    /** A page of alarms with what was found out about each, the latest first. */
    async alarms(actor: Doer, offset = 0): Promise<Page<AlarmRow>> {
      const { seen, region } = eyes(actor);
      return alarms.list(seen, region, offset);
    },
    /** One of them; nothing when there is none of that name. */
    async alarm(actor: Doer, name: AlarmName): Promise<AlarmRow | undefined> {
      const { seen, region } = eyes(actor);
      return alarms.find(seen, region, name);
    },
    /** How many alarms nobody has looked into. */
    async openAlarms(actor: Doer): Promise<number> {
      const { seen, region } = eyes(actor);
      return alarms.open(seen, region);
    },
    /** Keeps what one found out about an alarm, and `entry` of it in the trail; throws `not-found` when there is no such alarm. */
    async note(
      actor: Doer,
      key: AlarmKey,
      said: { note: string; at: Date; once?: Once },
      entry: TrailEntry,
    ): Promise<void> {
      assertCan(actor, 'trail.read', thing);
      const known = key.region === actor.region && (await alarms.note(key, { ...said, by: actor.id }, entry));
      if (!known) throw new Problem('not-found');
    },
  };
}
