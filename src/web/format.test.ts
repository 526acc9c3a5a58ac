import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadTexts } from '../platform/say.ts';
import {
  daysLeftText,
  dayText,
  momentText,
  percentText,
  resultText,
  shortDayText,
  sizeText,
  timeText,
  urgency,
} from './format.ts';
import { repositoryRoot } from './root.ts';

const now = new Date('2026-06-01T02:00:00Z');
const texts = loadTexts(join(repositoryRoot(), 'texts'));

it('writes days the way people read them', () => {
  expect(dayText('zh', '2026-01-02')).toBe('2026年1月2日');
  expect(dayText('en', '2026-01-02')).toBe('2 January 2026');
});

it('stands in a Chinese sentence without a space after it', () => {
  const folder = join(repositoryRoot(), 'texts');
  const all = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  expect(all.join('\n').match(/.*\{(day|from|until)\} \p{Script=Han}.*/gu)).toBeNull();
});

it('reads instants in Shanghai', () => {
  expect(dayText('zh', '2026-01-01T16:30:00Z')).toBe('2026年1月2日');
  expect(timeText({ lang: 'zh', now }, '2026-01-01T16:30:00Z')).toBe('1月2日 00:30');
});

it('names the year of what is of another year than the reader', () => {
  const [zh, en] = [{ lang: 'zh', now } as const, { lang: 'en', now } as const];
  expect(shortDayText(zh, '2026-12-31')).toBe('12月31日');
  expect(shortDayText(zh, '2025-12-31')).toBe('2025年12月31日');
  expect(timeText(zh, '2025-12-31T15:59:00Z')).toBe('2025年12月31日 23:59');
  expect(timeText(zh, '2025-12-31T16:00:00Z'), 'the year begins in Shanghai').toBe('1月1日 00:00');
  expect(timeText(en, '2025-12-31T15:59:00Z')).toBe('31 December 2025 at 23:59');
  expect(momentText('zh', '2026-01-01T16:30:00Z')).toBe('2026年1月2日 00:30');
});

it('reads the days and months that certificates bring, and leaves their numbers alone', () => {
  expect(resultText('zh', '2026-12-01')).toBe('2026年12月1日');
  expect(resultText('en', '2026-12')).toBe('December 2026');
  for (const number of ['JY3601210000123', '2026-12-0001', '2026-99-99']) expect(resultText('zh', number)).toBe(number);
});

it('says how long is left', () => {
  const [zh, en] = [texts.say('zh'), texts.say('en')];
  expect(daysLeftText(zh, 3)).toBe('还剩 3 个工作日');
  expect(daysLeftText(zh, 0)).toBe('今天到期');
  expect(daysLeftText(zh, -2)).toBe('已超期 2 个工作日');
  expect(daysLeftText(en, 1)).toBe('1 working day left');
  expect(daysLeftText(en, -2)).toBe('2 working days late');
});

it('never rounds a share up to all', () => {
  expect(percentText('zh', 0.9996)).toBe('99.9%');
  expect(percentText('zh', 1)).toBe('100%');
  expect(percentText('en', 0.973)).toBe('97.3%');
});

it('knows what is pressing', () => {
  expect([urgency(10, 15), urgency(3, 15), urgency(1, 2), urgency(0, 5), urgency(-1, 5)]).toEqual([
    'calm',
    'soon',
    'soon',
    'today',
    'late',
  ]);
});

it('writes sizes', () => {
  expect(sizeText('zh', 1_830_000)).toBe('1.7 MB');
  expect(sizeText('zh', 100)).toBe('1 KB');
});
