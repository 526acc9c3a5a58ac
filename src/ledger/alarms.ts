import {
  type Calendar,
  type Clock,
  type Db,
  dayOf,
  type Log,
  type Once,
  pageFrom,
  readYaml,
  rulesOf,
  type Seen,
  type Subscriber,
  subscribe,
  takeOnce,
} from '../platform/door.ts';
import { AlarmRules, alarmsOf, alarmsOfClient, type Kin, type Raised, type Rules } from './alarm-rules.ts';
import {
  type AlarmKey,
  type AlarmName,
  addNote,
  alarmIn,
  alarmsIn,
  clientDay,
  countsBefore,
  hasBothKeys,
  openAlarmsIn,
  type ReaderDay,
  raise,
  readingsOf,
} from './store-alarm.ts';
import { readTrail, type TrailAct } from './store-trail.ts';
import type { Trail } from './trail.ts';
import type { TrailEntry } from './trail-entry.ts';

export type Alarms = ReturnType<typeof openAlarms>;

/** Says in what way a reader and a person may be kin or neighbours; the rooms that know both are above this one. */
export type KinOf = (reader: { region: string; id: string }, whose: string, about?: string) => Promise<Kin | undefined>;

type Said = { by: string; note: string; at: Date; once?: Once };
type Needs = { db: Db; log: Log; clock: Clock; calendar: () => Calendar; trail: Trail; rules: Rules; kinOf: KinOf };

/** The thresholds of `rules/alarms.yaml`. A file that is wrong stops the start: an alarm that never rings is worse. */
export async function loadAlarmRules(file: string): Promise<Rules> {
  return rulesOf(await readYaml(file, AlarmRules)).rules;
}

/**
 * Looks at what is added to the trail, and tells once a day and rule when reading is unusual, a colleague's or another
 * system's, and whenever a case was opened in an emergency.
 */
export function openAlarms({ db, log, clock, calendar, trail, rules, kinOf }: Needs) {
  return {
    subscribers: (): Subscriber[] => [
      subscribe({ db, log, name: 'ledger.alarms', feed: readTrail, handle: (tx, acts: TrailAct[]) => look(tx, acts) }),
    ],
    /** A page of the alarms of a county that whoever is read for sees, the latest first. */
    list: async (seen: Seen, region: string, offset: number) => pageFrom(await alarmsIn(seen, region, offset)),
    /** One of them. */
    find: (seen: Seen, region: string, name: AlarmName) => alarmIn(seen, region, name),
    /** How many of them nobody has looked into. */
    open: (seen: Seen, region: string) => openAlarmsIn(seen, region),
    /** Keeps what the audit administrator found out, and `entry` of it in the trail; false when there is no such alarm. */
    note: (key: AlarmKey, said: Said, entry: TrailEntry): Promise<boolean> =>
      db.transaction(async (tx) => {
        if (!(await addNote(tx, key, said))) return false;
        await takeOnce(tx, said.once);
        await trail.recordIn(tx, entry);
        return true;
      }),
  };

  async function look(tx: Db, acts: TrailAct[]): Promise<void> {
    for (const { event, region } of acts.filter((act) => isOpening(act.event))) {
      const day = { region, who: event.who.id, day: dayOf(event.at) };
      // The opening itself is in the trail as an alarm.
      await raise(tx, day, { rule: 'break-glass', subject: event.about ?? '', count: 1 }, clock());
    }
    for (const { event, region } of acts.filter((act) => isKey(act.event))) {
      const [who, subject] = [event.who.id, event.about ?? ''];
      const day = { region, who, day: dayOf(event.at) };
      if (await hasBothKeys(tx, { region, who, about: subject, at: event.at }))
        await tell(tx, day, [{ rule: 'take-over', subject, count: 1 }]);
    }
    for (const day of daysOf(acts, isCall)) await tell(tx, day, await clientAlarms(tx, day));
    for (const day of daysOf(acts, isReading)) {
      const rows = await readingsOf(tx, day);
      const readings = rows.map(({ at, whose, work }) => ({ hour: hourOf(at), whose, work }));
      const earlier = readings.length >= rules.volume.floor ? await countsBefore(tx, day, rules.volume.days) : [];
      const kin = await kinIn(day, acts);
      const workday = calendar().isWorkday(day.day);
      await tell(tx, day, alarmsOf(rules, { workday, readings, earlier, kin }));
    }
  }

  async function tell(tx: Db, day: ReaderDay, alarms: Raised[]): Promise<void> {
    for (const alarm of alarms) if (await raise(tx, day, alarm, clock())) await trail.recordIn(tx, entryOf(day, alarm));
  }

  async function clientAlarms(tx: Db, day: ReaderDay): Promise<Raised[]> {
    const counted = await clientDay(tx, day);
    const { floor, days } = rules['client-volume'];
    const earlier = counted.read >= floor ? await countsBefore(tx, day, days) : [];
    return alarmsOfClient(rules, { ...counted, earlier });
  }

  /** Only those read in this batch are compared; those before were when they came. */
  async function kinIn({ region, who, day }: ReaderDay, acts: TrailAct[]): Promise<Map<string, Kin>> {
    const found = new Map<string, Kin>();
    const seen = new Set<string>();
    for (const { event, region: of } of acts) {
      const { whose, about } = event;
      if (of !== region || event.who.id !== who || !isReading(event) || !whose || dayOf(event.at) !== day) continue;
      if (seen.has(`${whose} ${about}`)) continue;
      seen.add(`${whose} ${about}`);
      const kin = await kinOf({ region, id: who }, whose, about);
      if (kin) found.set(whose, kin);
    }
    return found;
  }

  function entryOf(
    { region, who, day }: ReaderDay,
    { rule, subject, count }: ReturnType<typeof alarmsOf>[number],
  ): TrailEntry {
    return {
      ...{ region, at: clock(), kind: 'alarm', what: `alarm.${rule}`, who: { kind: 'system', id: 'alarms' }, from: '' },
      ...{ outcome: 'done', about: who, whose: (rule !== 'take-over' && subject) || undefined },
      detail: { day, count, ...(rule === 'take-over' && { account: subject }) },
    };
  }
}

const isReading = ({ kind, outcome, who, whose }: TrailAct['event']): boolean =>
  (kind === 'reading' || kind === 'export') && outcome === 'done' && who.kind === 'staff' && whose !== undefined;

const isCall = ({ kind, who }: TrailAct['event']): boolean => kind === 'reading' && who.kind === 'client';

const isOpening = ({ kind, what, about }: TrailAct['event']): boolean =>
  kind === 'alarm' && what === 'break-glass.open' && about !== undefined;

/** A start code, or a second step taken away: with both one comes in as somebody else. */
const isKey = ({ what, outcome, about, who }: TrailAct['event']): boolean =>
  (what === 'account.start-code' || what === 'account.second-reset') &&
  outcome === 'done' &&
  about !== undefined &&
  who.kind === 'staff';

/** Whose days a batch tells of. */
function daysOf(acts: TrailAct[], tells: (event: TrailAct['event']) => boolean): ReaderDay[] {
  const days = new Map<string, ReaderDay>();
  for (const { region, event } of acts.filter((act) => tells(act.event))) {
    const day = { region, who: event.who.id, day: dayOf(event.at) };
    days.set(`${region} ${day.who} ${day.day}`, day);
  }
  return [...days.values()];
}

/** The hour of an instant in China, which has one time all year. */
const hourOf = (at: string): number => new Date(Date.parse(at) + 8 * 3600_000).getUTCHours();
