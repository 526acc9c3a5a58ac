import Type, { type Static } from 'typebox';
import { Basis } from '../platform/door.ts';

/** When reading is unusual. Pure: given what a colleague read in a day and what is known beside it, which alarms. */
const Floor = Type.Integer({ minimum: 1 });
export const AlarmRules = Type.Object(
  {
    rules: Type.Object({
      volume: Type.Object({ floor: Floor, times: Type.Number({ minimum: 1 }), days: Floor }),
      hour: Type.Object({ floor: Floor, from: Type.Integer(), until: Type.Integer() }),
      kin: Type.Object({ floor: Floor }),
      'no-case': Type.Object({ floor: Floor }),
      'client-volume': Type.Object({ floor: Floor, times: Type.Number({ minimum: 1 }), days: Floor }),
      'client-refused': Type.Object({ floor: Floor }),
    }),
    basis: Type.Array(Basis),
  },
  { additionalProperties: false },
);
export type Rules = Static<typeof AlarmRules>['rules'];
/** A case that is opened in an emergency rings by itself, and so does who could come in as a colleague. */
export type Rule = keyof Rules | 'break-glass' | 'take-over';

/** In what way reader and person may belong together, as far as the data says. */
export type Kin = 'same-name' | 'named-in-case' | 'same-building' | 'same-village' | 'surname-and-village';

export type DayOfReader = {
  /** Whether it was a working day. */
  workday: boolean;
  /** Everything they read that day: `hour` in China, `work` when it was their own open work or an emergency. */
  readings: { hour: number; whose: string; work: boolean }[];
  /** How many readings each of their earlier days had, of days with any. */
  earlier: number[];
  /** Persons of the day who may be kin or neighbours. */
  kin: Map<string, Kin>;
};

export type Raised = { rule: Rule; subject: string; count: number; detail?: string };

/** The alarms of a colleague's day so far. */
export function alarmsOf(rules: Rules, { workday, readings, earlier, kin }: DayOfReader): Raised[] {
  const raised: Raised[] = [];
  const usual = rules.volume.times * median(earlier);
  if (readings.length >= rules.volume.floor && readings.length >= usual)
    raised.push({ rule: 'volume', subject: '', count: readings.length });
  const odd = readings.filter(({ hour }) => !workday || hour < rules.hour.from || hour >= rules.hour.until).length;
  if (odd >= rules.hour.floor) raised.push({ rule: 'hour', subject: '', count: odd });
  const strangers = new Set(readings.filter(({ work }) => !work).map(({ whose }) => whose)).size;
  if (strangers >= rules['no-case'].floor) raised.push({ rule: 'no-case', subject: '', count: strangers });
  for (const [whose, detail] of kin) {
    const count = readings.filter((reading) => reading.whose === whose).length;
    if (count >= rules.kin.floor) raised.push({ rule: 'kin', subject: whose, count, detail });
  }
  return raised;
}

/** What another system did in a day: readings of persons, calls that were refused, and readings of its earlier days. */
export type DayOfClient = { read: number; refused: number; earlier: number[] };

/** The alarms of another system's day so far: machines keep no hours and have no kin. */
export function alarmsOfClient(rules: Rules, { read, refused, earlier }: DayOfClient): Raised[] {
  const { 'client-volume': volume, 'client-refused': tries } = rules;
  const raised: Raised[] = [];
  if (read >= volume.floor && read >= volume.times * median(earlier))
    raised.push({ rule: 'client-volume', subject: '', count: read });
  if (refused >= tries.floor) raised.push({ rule: 'client-refused', subject: '', count: refused });
  return raised;
}

/** The middle one; nothing read before counts as none. */
export function median(counts: number[]): number {
  const sorted = counts.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
