import type { Power } from '../../identity/door.ts';
import { dayText, timeText } from '../format.ts';
import type { Site } from '../site.ts';
import type { View } from '../view.ts';

/** How a power is said: role, place, agency, item, how long, and whose it is. */
export type PowerWords = { id: string; role: string; where: string; when: string; lent: string };

/** What a power is called in the reader's language; places and items by their names. */
export async function wordsOf(site: Site, view: View, power: Power): Promise<PowerWords> {
  const { say, lang } = view;
  const { identity, catalog } = site.house;
  const place = view.placeName((await identity.divisions.find(power.division))?.name ?? power.division);
  const agency = identity.agencies.get(power.agency)?.name[lang] ?? power.agency;
  const item = power.item && (catalog.items().find(({ id }) => id === power.item)?.name[lang] ?? power.item);
  const lent = power.lentBy ? say('admin.power.lentBy', { name: power.lentBy.name }) : '';
  return {
    id: power.id,
    role: say(`admin.role.${power.role}`),
    where: [place, agency, item].filter(Boolean).join(' · '),
    when: whenText(view, power),
    lent,
  };
}

/** From a day to a day, both inclusive; what lasts an hour says the minute. */
function whenText({ say, lang, now }: View, { from, until, number }: Power): string {
  if (number && until) return say('admin.power.until', { day: timeText({ lang, now }, until) });
  const begins = from && Date.parse(from) > now.getTime() ? dayText(lang, from) : '';
  const last = until ? dayText(lang, new Date(Date.parse(until) - 1)) : '';
  if (begins && last) return say('admin.power.between', { from: begins, day: last });
  if (begins) return say('admin.power.from', { day: begins });
  return last ? say('admin.power.until', { day: last }) : say('admin.power.always');
}
