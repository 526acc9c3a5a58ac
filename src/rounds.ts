import type { House } from './house.ts';
import type { Round } from './platform/door.ts';

/** What the house does by itself, time after time, at the moment its clock tells. */
export function roundsOf({ cases, config, identity, log }: House): Round[] {
  const system = { kind: 'system', id: 'system', region: config.region } as const;
  return [
    {
      name: 'deem-accepted',
      everyMs: 60_000,
      run: async (at) => {
        const deemed = await cases.deemOverdue(system, at.toISOString());
        if (deemed > 0) log.warn({ code: 'deemed-accepted', cases: deemed });
      },
    },
    {
      // A newer calendar comes with a newer package, and so with a start; a minute later is soon enough for others.
      name: 'recount-due-days',
      everyMs: 60_000,
      run: async (at) => {
        const changed = await cases.recount(system, at.toISOString());
        if (changed > 0) log.warn({ code: 'due-days-recounted', cases: changed });
      },
    },
    {
      // Done at once when an account is switched off; this is for what was cut short.
      name: 'give-back',
      everyMs: 60_000,
      run: async (at) => {
        await cases.giveBack(system, await identity.accounts.switchedOff(config.region), at.toISOString());
      },
    },
  ];
}
