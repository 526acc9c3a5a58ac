import type { TrailRow } from '../../ledger/door.ts';
import type { Lang, Say, Texts } from '../../platform/door.ts';
import { dayText } from '../format.ts';

/** Entries of the trail in words, for the page and for the file. */
export type Names = { staff: Map<string, string>; agency(id: string): string };

/** What was done. A page or form that was refused is named by its address; a code of a later version stands as it is. */
export function whatText(texts: Texts, say: Say, what: string): string {
  const [method = '', path] = what.split(' ');
  if (path) return say(method === 'GET' ? 'admin.trail.tried.page' : 'admin.trail.tried.form', { path });
  const family = what.startsWith('watch.figures-') ? 'watch-figures' : what.startsWith('watch.') && 'watch-cases';
  const key = `admin.trail.code.${family || what.replaceAll('.', '-')}`;
  return texts.has(key) ? say(key) : what;
}

export function whoText(say: Say, { staff }: Names, { whoKind, whoId }: TrailRow): string {
  const name = whoKind === 'staff' ? staff.get(whoId) : undefined;
  return name ?? say(`admin.trail.who.${whoKind}`);
}

/** The kiosk or village station it came from. */
export const deviceText = (say: Say, { detail }: Pick<TrailRow, 'detail'>): string =>
  say('admin.trail.fromDevice', { device: String(detail?.device ?? '') });

/** Why, with what the reader wrote. */
export function reasonText(texts: Texts, say: Say, reason: string | null): string {
  if (!reason) return '';
  const [, code = reason, words = ''] = /^([a-z][a-z.-]*): ?(.*)$/s.exec(reason) ?? [];
  // A change of power has its code before the reason; the column beside it says that already.
  if (words && code !== 'other' && texts.has(`admin.trail.code.${code.replaceAll('.', '-')}`)) return words;
  const key = [`admin.trail.reason.${code}`, `desk.reveal.reason.${code}`].find((one) => texts.has(one));
  return [key ? say(key) : code, words].filter(Boolean).join('：');
}

const stamp = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' });

/** The moment to the second, in China: 2026-06-10 10:00:00. */
export const momentText = (at: string): string => stamp.format(new Date(at));

/** The same moment as a page says it: 2026年6月10日 10:00:00. */
export const readMoment = (lang: Lang, at: string): string => `${dayText(lang, at)} ${momentText(at).slice(11)}`;

/** The table of the file. Its headings are Chinese whatever the page speaks: it goes to the file of a case. */
export function trailTable(texts: Texts, names: Names, rows: TrailRow[]): string[][] {
  const say = texts.say('zh');
  const columns = [
    'at',
    'who',
    'whoId',
    'agency',
    'kind',
    'what',
    'about',
    'whose',
    'reason',
    'outcome',
    'network',
    'id',
  ];
  return [
    columns.map((name) => say(`admin.trail.column.${name}`)),
    ...rows.map((row) => [
      momentText(row.at),
      whoText(say, names, row),
      row.whoId,
      names.agency(String(row.detail?.agency ?? '')),
      say(`admin.trail.kind.${row.kind}`),
      whatText(texts, say, row.what),
      row.about ?? '',
      row.whose ?? '',
      reasonText(texts, say, row.reason),
      say(`admin.trail.outcome.${row.outcome}`),
      [row.network, row.detail?.device && deviceText(say, row)].filter(Boolean).join(' '),
      row.id,
    ]),
  ];
}
