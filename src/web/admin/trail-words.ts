import type { TrailRow } from '../../ledger/door.ts';
import type { Say, Texts } from '../../platform/door.ts';

/** Entries of the trail in words, for the page and for the file. */
export type Names = { staff: Map<string, string>; agency(id: string): string };

/** What was done; a code without words is shown as it is. */
export function whatText(texts: Texts, say: Say, what: string): string {
  const key = `admin.trail.code.${what.replaceAll('.', '-')}`;
  return texts.has(key) ? say(key) : what;
}

export function whoText(say: Say, { staff }: Names, { whoKind, whoId }: TrailRow): string {
  const name = whoKind === 'staff' ? staff.get(whoId) : undefined;
  return name ?? say(`admin.trail.who.${whoKind}`);
}

/** Why, with what the reader wrote. */
export function reasonText(texts: Texts, say: Say, reason: string | null): string {
  if (!reason) return '';
  const [code = '', ...words] = reason.split(': ');
  const key = `admin.trail.reason.${code}`;
  const known = texts.has(key)
    ? say(key)
    : texts.has(`desk.reveal.reason.${code}`)
      ? say(`desk.reveal.reason.${code}`)
      : code;
  return [known, words.join(': ')].filter(Boolean).join('：');
}

const stamp = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' });

/** The moment to the second, in China: 2026-06-10 10:00:00. */
export const momentText = (at: string): string => stamp.format(new Date(at));

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
      row.network,
      row.id,
    ]),
  ];
}
