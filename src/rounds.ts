import type { House } from './house.ts';
import type { Round } from './platform/door.ts';

/** What the house does by itself, time after time, at the moment its clock tells. */
export function roundsOf({ cases, config, log }: House): Round[] {
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
  ];
}
