import Type, { type Static } from 'typebox';
import { Basis } from './basis.ts';
import type { Text } from './text.ts';
import { readYaml, rulesOf } from './yaml.ts';

/** Something a room keeps for a limited time. Its class says how long; the room says what that is and erases it. */
export type Keeping = {
  class: string;
  /** How many are older than `before` and not held. */
  count(before: string, now: string): Promise<number>;
  /** Erases some of them for good; gives how many. Called until nothing is left. */
  erase(before: string, now: string): Promise<number>;
};

const closed = { additionalProperties: false };
const Span = Type.Union([
  Type.Object({ days: Type.Integer({ minimum: 1 }) }, closed),
  Type.Object({ months: Type.Integer({ minimum: 1 }) }, closed),
  Type.Object({ years: Type.Integer({ minimum: 1 }) }, closed),
]);
const Words = Type.Object({ zh: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) }, closed);
const RetentionFile = Type.Object(
  {
    classes: Type.Array(
      Type.Object(
        {
          id: Type.String({ pattern: '^[a-z][a-z-]*$' }),
          name: Words,
          after: Span,
          keep: Type.Optional(Type.Boolean()),
          basis: Type.Array(Basis, { minItems: 1 }),
        },
        closed,
      ),
      { minItems: 1 },
    ),
  },
  closed,
);
export type RetentionClass = Omit<Static<typeof RetentionFile>['classes'][number], 'name'> & { name: Text };

/** The classes of a file; an error names the first line that is wrong. */
export async function loadRetention(file: string): Promise<RetentionClass[]> {
  const { classes } = rulesOf(await readYaml(file, RetentionFile));
  const ids = classes.map(({ id }) => id);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice) throw new Error(`${file}: the class ${twice} is there twice`);
  return classes;
}

/** Everything older than this is past its time. Months and years go by the calendar; the 31st becomes the last of a month. */
export function limitOf({ after }: Pick<RetentionClass, 'after'>, now: Date): string {
  const limit = new Date(now);
  if ('days' in after) limit.setUTCDate(limit.getUTCDate() - after.days);
  else {
    const months = 'months' in after ? after.months : after.years * 12;
    const day = limit.getUTCDate();
    limit.setUTCDate(1);
    limit.setUTCMonth(limit.getUTCMonth() - months);
    const last = new Date(Date.UTC(limit.getUTCFullYear(), limit.getUTCMonth() + 1, 0)).getUTCDate();
    limit.setUTCDate(Math.min(day, last));
  }
  return limit.toISOString();
}

export type Swept = { class: string; before: string; count: number };

/**
 * Goes through the classes and erases, or only counts, what is past its time. A class nobody erases, or something kept
 * under a class that is not there, is an error: silence would keep it for ever.
 */
export async function sweep(needs: {
  classes: RetentionClass[];
  keepings: Keeping[];
  now: Date;
  dry: boolean;
  done?: (swept: Swept) => Promise<void>;
}): Promise<Swept[]> {
  const { classes, keepings, now, dry } = needs;
  const erasable = classes.filter(({ keep }) => !keep);
  const unknown = keepings.find((one) => !erasable.some(({ id }) => id === one.class));
  if (unknown) throw new Error(`no class of retention says how long to keep ${unknown.class}`);
  const idle = erasable.find(({ id }) => !keepings.some((one) => one.class === id));
  if (idle) throw new Error(`nothing erases the class of retention ${idle.id}`);
  const all: Swept[] = [];
  for (const each of erasable) {
    const before = limitOf(each, now);
    let count = 0;
    for (const keeping of keepings.filter((one) => one.class === each.id))
      count += await (dry ? keeping.count(before, now.toISOString()) : eraseAll(keeping, before, now.toISOString()));
    const swept = { class: each.id, before, count };
    if (!dry && count > 0) await needs.done?.(swept);
    all.push(swept);
  }
  return all;
}

async function eraseAll(keeping: Keeping, before: string, now: string): Promise<number> {
  let count = 0;
  for (let found = 1; found > 0; count += found) found = await keeping.erase(before, now);
  return count;
}
