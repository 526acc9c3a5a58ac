import type { FastifyRequest } from 'fastify';
import type { StaffActor } from '../../identity/door.ts';
import { type Once, Problem } from '../../platform/door.ts';
import { longerThan } from '../forms.ts';
import { entryOf } from '../recorded.ts';
import type { Site } from '../site.ts';
import { alarmKey } from './alarms-page.tsx';

const shown = 100;
export const longest = { note: 500 };

/** The alarms of a county, the latest first, and the names of the colleagues and systems in them. */
export async function alarmsFor({ house }: Site, actor: StaffActor) {
  const { region } = actor;
  const alarms = await house.audit.alarms(actor, shown);
  const ids = [...new Set(alarms.flatMap(({ who, notes }) => [who, ...notes.map(({ by }) => by)]))];
  const { clients, staff } = house.identity;
  const names = new Map([...(await clients.names(region, ids)), ...(await staff.names(actor, ids))]);
  return { alarms, names };
}

/** Keeps what the audit administrator found out; gives of which alarm. Throws `form-invalid` and `not-found`. */
export async function noteAlarm(
  { house }: Site,
  request: FastifyRequest,
  actor: StaffActor,
  { alarm, note, once }: { alarm: string; note: string; once: Once },
): Promise<string> {
  const said = note.trim();
  const wrong = [
    ...([...said].length < 2 ? [{ field: 'note', code: 'alarm-note' }] : []),
    ...longerThan(longest, { note }),
  ];
  if (wrong.length > 0) throw new Problem('form-invalid', {}, wrong);
  const key = (await house.audit.alarms(actor, shown)).find((one) => alarmKey(one) === alarm);
  if (!key) throw new Problem('not-found');
  const entry = entryOf(house, request, {
    ...{ kind: 'act', what: 'alarm.looked-into', outcome: 'done', about: key.who },
    ...(key.rule === 'break-glass' ? {} : { whose: key.subject || undefined }),
    detail: { rule: key.rule, day: key.day, ...(key.rule === 'break-glass' && { number: key.subject }) },
  });
  await house.audit.note(actor, key, { note: said, at: house.clock(), once }, entry);
  return alarm;
}
