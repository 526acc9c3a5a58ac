import type { FastifyRequest } from 'fastify';
import type { StaffActor } from '../../identity/door.ts';
import { type Once, Problem } from '../../platform/door.ts';
import { longerThan } from '../forms.ts';
import { offsetOf } from '../paging.ts';
import { entryOf } from '../recorded.ts';
import type { Site } from '../site.ts';
import { alarmNamed } from './alarms-page.tsx';

export const longest = { note: 500 };

/** A page of the alarms of a county, the latest first, and the names of the colleagues and systems in them. */
export async function alarmsFor({ house }: Site, actor: StaffActor, page?: number) {
  const { region } = actor;
  const found = await house.audit.alarms(actor, offsetOf(page));
  const ids = [
    ...new Set(found.rows.flatMap(({ who, subject, notes }) => [who, subject, ...notes.map(({ by }) => by)])),
  ];
  const { clients, staff } = house.identity;
  const names = new Map([...(await clients.names(region, ids)), ...(await staff.names(actor, ids))]);
  return { found, names };
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
  const key = await house.audit.alarm(actor, alarmNamed(alarm));
  if (!key) throw new Problem('not-found');
  const entry = entryOf(house, request, {
    ...{ kind: 'act', what: 'alarm.looked-into', outcome: 'done', about: key.who },
    ...(key.rule === 'break-glass' || key.rule === 'take-over' ? {} : { whose: key.subject || undefined }),
    detail: {
      rule: key.rule,
      day: key.day,
      ...(key.rule === 'break-glass' && { number: key.subject }),
      ...(key.rule === 'take-over' && { account: key.subject }),
    },
  });
  await house.audit.note(actor, key, { note: said, at: house.clock(), once }, entry);
  return alarm;
}
