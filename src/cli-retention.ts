import { join } from 'node:path';
import type { House } from './house.ts';
import { loadRetention, sweep } from './platform/door.ts';

/** `npm run tongban -- retention …` and `hold …`. Each gives the exit code; nothing when it is not understood. */
type Say = (line: string) => void;

export async function runRetention(house: House, [what, ...more]: string[], say: Say): Promise<number | undefined> {
  if ((what !== '--dry-run' && what !== '--run') || more.length > 0) return undefined;
  const dry = what === '--dry-run';
  const classes = await loadRetention(join(house.root, 'rules/retention.yaml'));
  const now = house.clock();
  const swept = await sweep({
    ...{ classes, keepings: house.keepings, now, dry },
    done: ({ class: about, before, count }) =>
      house.trail.record({
        ...{ region: house.config.region, at: now, kind: 'act', what: 'retention.erase', about, outcome: 'done' },
        ...{ who: { kind: 'system', id: 'retention' }, from: '', detail: { count, before } },
      }),
  });
  for (const { class: id, before, count } of swept)
    say(`${count} ${dry ? 'to erase' : 'erased'} · ${id} · older than ${before.slice(0, 10)} · ${nameOf(classes, id)}`);
  const holds = await holding(house, now);
  if (holds.length > 0) say(`${holds.length} holds keep what would be past its time: npm run tongban -- hold list`);
  for (const { id, basis } of classes)
    for (const { source, article, verified } of basis)
      if (!verified && dry) say(`  not verified yet · ${id} · ${source} ${article}`);
  return 0;
}

function nameOf(classes: Awaited<ReturnType<typeof loadRetention>>, id: string): string {
  return classes.find((one) => one.id === id)?.name.zh ?? id;
}

/** Whoever has the command line of the node; in whose name a hold is placed, they say. */
const operator = ({ config }: House) => ({ kind: 'system', id: 'setup', region: config.region }) as const;

async function holding(house: House, at: Date) {
  const all = await house.cases.holds.every(operator(house), at.toISOString());
  return all.filter(({ holds }) => holds);
}

/** `hold begin NUMBER LOGIN REASON [UNTIL]`, `hold end NUMBER LOGIN [REASON]`, `hold list`. */
export async function runHold(house: House, args: string[], say: Say): Promise<number | undefined> {
  const [what, number, login, reason, until] = args;
  const { holds } = house.cases;
  const at = house.clock();
  const by = (login && (await house.identity.staff.idOf(house.config.region, login))) || (login ?? '');
  const who = { kind: 'staff', id: by } as const;
  const told = { who, from: 'command line' };
  if (what === 'list' && !number) {
    for (const hold of await holding(house, at))
      say(
        `${hold.number} · since ${hold.from.slice(0, 10)} · until ${hold.until ?? 'ended'} · ${hold.by} · ${hold.reason}`,
      );
    return 0;
  }
  if (what === 'begin' && number && by && reason) {
    const end = until === undefined ? undefined : new Date(until);
    if (end && Number.isNaN(end.getTime())) return undefined;
    const held = await holds.begin(operator(house), { number, reason, until: end?.toISOString() }, at, told);
    say(`${held} is held: nothing of it is erased.`);
    return 0;
  }
  if (what === 'end' && number && by && !until) {
    const ended = await holds.endOf(operator(house), number, reason, at, told);
    say(`${ended} holds were ended.`);
    return 0;
  }
  return undefined;
}
