import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { measureIds } from '../../efficacy/door.ts';
import { loadTexts } from '../../platform/door.ts';
import { wishes } from '../api/commands.ts';
import { acts } from '../desk/commands.ts';
import { narrowings } from '../watch/look.ts';
import { trailCodes } from './trail-codes.ts';
import { reasonText, whatText } from './trail-words.ts';

const root = join(import.meta.dirname, '../../..');
const texts = loadTexts(join(root, 'texts'));
const say = texts.say('zh');

/** Lines of the source that say what is written into the trail. */
const lines = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !path.includes('.test.'))
  .flatMap((path) => readFileSync(join(root, 'src', path), 'utf8').split('\n'))
  .filter((line) => /\bwhat\b.*[=:]|\b(record|noted)\(/.test(line) && !/\bsay\(/.test(line));
const all = (shape: RegExp): string[] => [
  ...new Set(lines.flatMap((line) => [...line.matchAll(shape)].map(([, found = '']) => found))),
];

/** Codes that are put together, by how they begin. */
const made: Record<string, string[]> = {
  alarm: ['volume', 'hour', 'kin', 'no-case', 'client-volume', 'client-refused', 'take-over'],
  case: [...acts, ...wishes, 'unknown'],
  watch: [...measureIds, ...narrowings.map((by) => `figures-${by}`)],
};

const written = [
  ...all(/'([a-z][a-z-]*(?:\.[a-z][a-z-]*)+)'/g),
  ...all(/'(sign-in|sign-out)'/g),
  ...Object.entries(made).flatMap(([family, ends]) => ends.map((end) => `${family}.${end}`)),
];

describe('the words of the trail', () => {
  test('codes are found where they are written', () => {
    expect(written.length).toBeGreaterThan(60);
    expect(all(/`([a-z-]+)\.\$\{(?!key|what\.)/g).filter((family) => !made[family])).toEqual([]);
    const makes = all(/what.*`([a-z-]+)\.\$\{/g).filter((family) => family !== 'admin');
    expect(makes.sort()).toEqual(Object.keys(made).sort());
  });

  test.each([...new Set(written)])('%s has words in both languages', (code) => {
    for (const lang of ['zh', 'en'] as const) expect(whatText(texts, texts.say(lang), code)).not.toBe(code);
  });

  test('the audit administrator can choose every code, and none that is never written', () => {
    const chosen = (code: string) =>
      trailCodes.some((one) => one === code || ((one.endsWith('-') || one.endsWith('.')) && code.startsWith(one)));
    expect(written.filter((code) => !chosen(code))).toEqual([]);
    expect(trailCodes.filter((one) => !written.some((code) => code.startsWith(one)))).toEqual([]);
  });

  test('a page that was refused is named', () => {
    expect(whatText(texts, say, 'GET /admin/people')).toBe(say('admin.trail.tried.page', { path: '/admin/people' }));
    expect(whatText(texts, say, 'POST /desk/counter')).toBe(say('admin.trail.tried.form', { path: '/desk/counter' }));
  });

  test('a reason is said in words, with what was written', () => {
    expect(reasonText(texts, say, 'work')).toBe(say('admin.trail.reason.work'));
    expect(reasonText(texts, say, 'other: 核对: 两处')).toBe(`${say('desk.reveal.reason.other')}：核对: 两处`);
    expect(reasonText(texts, say, 'power.grant:支援向塘窗口')).toBe('支援向塘窗口');
    expect(reasonText(texts, say, 'review:属实')).toBe(`${say('admin.trail.reason.review')}：属实`);
    expect(reasonText(texts, say, null)).toBe('');
  });
});
