import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readYaml } from '../platform/door.ts';
import { AlarmRules, alarmsOf, alarmsOfClient, type DayOfReader, median, type Rules } from './alarm-rules.ts';

const rules: Rules = {
  volume: { floor: 10, times: 3, days: 30 },
  hour: { floor: 2, from: 7, until: 20 },
  kin: { floor: 1 },
  'no-case': { floor: 3 },
  'client-volume': { floor: 10, times: 3, days: 30 },
  'client-refused': { floor: 4 },
};
const read = (count: number, more: Partial<DayOfReader['readings'][number]> = {}) =>
  Array.from({ length: count }, (_, at) => ({ hour: 10, whose: `person-${at}`, work: true, ...more }));
const day = (more: Partial<DayOfReader>): DayOfReader => ({
  ...{ workday: true, readings: [], earlier: [], kin: new Map() },
  ...more,
});
const raised = (given: Partial<DayOfReader>) => alarmsOf(rules, day(given)).map(({ rule, count }) => [rule, count]);

describe('reading is unusual', () => {
  test('by volume: above the floor and far above one’s own usual day', () => {
    expect(raised({ readings: read(9) })).toEqual([]);
    expect(raised({ readings: read(10) }), 'a first day').toEqual([['volume', 10]]);
    expect(raised({ readings: read(29), earlier: [10, 10, 11] }), 'a busy counter').toEqual([]);
    expect(raised({ readings: read(30), earlier: [10, 10, 11] })).toEqual([['volume', 30]]);
    expect(raised({ readings: read(8), earlier: [1, 1] }), 'below the floor').toEqual([]);
  });
  test('by hour: before and after working hours, and on a day off', () => {
    expect(raised({ readings: [...read(1, { hour: 6 }), ...read(5)] })).toEqual([]);
    expect(raised({ readings: [...read(1, { hour: 6 }), ...read(1, { hour: 20 })] })).toEqual([['hour', 2]]);
    expect(raised({ readings: [...read(2, { hour: 7 }), ...read(2, { hour: 19 })] })).toEqual([]);
    expect(raised({ workday: false, readings: read(2) })).toEqual([['hour', 2]]);
  });
  test('of persons without open work: counted once each', () => {
    expect(raised({ readings: read(9, { work: false, whose: 'one' }) })).toEqual([]);
    expect(raised({ readings: read(3, { work: false }) })).toEqual([['no-case', 3]]);
    expect(raised({ readings: read(3, { work: true }) })).toEqual([]);
  });
  test('of kin: once for each, even at work on it', () => {
    const kin = new Map([['person-1', 'named-in-case' as const]]);
    expect(alarmsOf(rules, day({ readings: read(2), kin }))).toEqual([
      { rule: 'kin', subject: 'person-1', count: 1, detail: 'named-in-case' },
    ]);
  });
});

describe('another system is unusual', () => {
  const of = (read: number, refused: number, earlier: number[] = []) =>
    alarmsOfClient(rules, { read, refused, earlier }).map(({ rule, count }) => [rule, count]);
  test('by volume: above the floor and far above its own usual day', () => {
    expect(of(9, 0)).toEqual([]);
    expect(of(10, 0), 'a first day').toEqual([['client-volume', 10]]);
    expect(of(29, 0, [10, 10, 12]), 'a busy one').toEqual([]);
    expect(of(30, 0, [10, 10, 12])).toEqual([['client-volume', 30]]);
  });
  test('when much of what it asks is not its own', () => {
    expect(of(0, 3)).toEqual([]);
    expect(of(0, 4)).toEqual([['client-refused', 4]]);
  });
});

test('the median is the middle one, or between two', () => {
  expect([[], [4], [9, 1, 5], [4, 2]].map(median)).toEqual([0, 4, 5, 3]);
});

test('the thresholds that ship can be read, and nobody claims to have checked them', async () => {
  const { value, problems } = await readYaml(join(import.meta.dirname, '../../rules/alarms.yaml'), AlarmRules);
  expect(problems).toEqual([]);
  expect(value?.basis.every(({ verified }) => !verified)).toBe(true);
});
