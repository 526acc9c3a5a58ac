import type { Measured } from './load.ts';

export type Row = Measured & { about: string; ratio?: number; gzip?: number };

/** The rows as a Markdown table. */
export function table(rows: Row[]): string {
  const head = ['what', 'per second', 'p50 ms', 'p95 ms', 'p99 ms', 'ratio', 'gzip bytes'];
  const body = rows.map((row) => [
    row.about,
    row.perSecond.toFixed(row.perSecond < 100 ? 1 : 0),
    row.p50.toFixed(1),
    row.p95.toFixed(1),
    row.p99.toFixed(1),
    row.ratio === undefined ? '' : row.ratio.toFixed(2),
    row.gzip === undefined ? '' : String(row.gzip),
  ]);
  return [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
