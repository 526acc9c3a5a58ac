import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadTexts } from '../platform/door.ts';
import { figureIds, figureOf, listBehind, type Totals } from './figures.ts';
import { isMeasure, measureIds, sumIds } from './measures.ts';

const texts = loadTexts(join(import.meta.dirname, '../../texts'));

function totals(some: Partial<Record<string, number>>): Totals {
  const counts = Object.fromEntries(measureIds.map((id) => [id, some[id] ?? 0]));
  const sum = Object.fromEntries(sumIds.map((id) => [id, some[id] ?? 0]));
  return { ...counts, sum } as Totals;
}

test('a share keeps its numerator and denominator', () => {
  expect(figureOf(totals({ decided: 37, 'on-time': 36 }), 'on-time')).toEqual({
    id: 'on-time',
    value: 36 / 37,
    part: 36,
    of: 37,
  });
});

test('a mean rests on what it was taken over', () => {
  expect(figureOf(totals({ closed: 4, visits: 6 }), 'visits').value).toBe(1.5);
  expect(figureOf(totals({ rated: 2, satisfaction: 160 }), 'satisfaction')).toMatchObject({ value: 80, of: 2 });
});

test('nothing divided by nothing is no figure', () => {
  for (const id of figureIds) {
    const { value } = figureOf(totals({}), id);
    expect(value === null || value === 0).toBe(true);
  }
});

test('every figure has a name, a formula in words and a list behind it', () => {
  for (const id of figureIds) {
    expect(texts.has(`watch.figure.${id}.name`), id).toBe(true);
    expect(texts.has(`watch.figure.${id}.formula`), id).toBe(true);
    expect(isMeasure(listBehind(id))).toBe(true);
  }
  for (const id of measureIds) expect(texts.has(`watch.measure.${id}`), id).toBe(true);
});
