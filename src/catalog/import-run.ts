import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Db, Say } from '../platform/door.ts';
import { type Doubt, type ImportReport, importItems } from './import-items.ts';
import { storeImported } from './store-imported.ts';

export type ImportRun = {
  db: Db;
  file: string;
  print(line: string): void;
  say: Say;
  /** Prints the report as one JSON document instead of sentences. */
  json?: boolean;
};

/** Reads an item list, keeps what is right, prints every doubt with its row, and a summary. */
export async function runImport({ db, file, print, say, json }: ImportRun): Promise<ImportReport> {
  const report = importItems(decode(await readFile(file)));
  await storeImported(db, report.items, basename(file));
  if (json) print(JSON.stringify({ rows: report.rows, ...report.summary, doubts: report.doubts }, null, 2));
  else for (const line of sentences(report, say)) print(line);
  return report;
}

/** The report as a person reads it: row by row, then how often each doubt came up. */
export function sentences({ rows, doubts, summary }: ImportReport, say: Say): string[] {
  const what = ({ code, other }: Pick<Doubt, 'code' | 'other'>) =>
    say(`catalog.import.code.${code}`, { other: other ?? '…' });
  const counts = Object.entries(summary.byCode).sort(([, a], [, b]) => b - a) as [Doubt['code'], number][];
  return [
    ...doubts.map((doubt) =>
      say('catalog.import.doubt', {
        row: doubt.row,
        what: what(doubt),
        column: doubt.column || say('catalog.import.whole'),
        value: doubt.value,
        fate: say(doubt.rejected ? 'catalog.import.rejected' : 'catalog.import.kept'),
      }),
    ),
    '',
    say('catalog.import.total', {
      rows,
      kept: summary.kept,
      doubted: summary.keptWithDoubt,
      rejected: summary.rejected,
    }),
    ...counts.map(([code, count]) => say('catalog.import.count', { count, what: what({ code, other: undefined }) })),
  ];
}

/** Spreadsheets in China still write GB 18030 as often as UTF-8. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
