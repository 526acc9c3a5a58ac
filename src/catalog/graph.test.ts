import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { criticalDays, inCircle, inOrder, type Task } from './graph.ts';

const task = (id: string, days: number, ...dependsOn: string[]): Task => ({ id, days, dependsOn });
/** Graphs without circles: each depends only on earlier ones; then shuffled. */
const graphs = fc
  .array(fc.tuple(fc.nat(30), fc.array(fc.nat(20), { maxLength: 4 })), { minLength: 1, maxLength: 20 })
  .chain((rows) => {
    const tasks = rows.map(([days, before], at) =>
      task(`t${at}`, days, ...new Set(before.filter((one) => one < at).map((one) => `t${one}`))),
    );
    return fc.shuffledSubarray(tasks, { minLength: tasks.length });
  });

describe('the order of tasks', () => {
  it('is the one given, except that nothing comes before what it needs', () => {
    expect(inOrder([task('c', 1, 'b'), task('a', 1), task('b', 1, 'a')])).toEqual(['a', 'b', 'c']);
    expect(inOrder([task('b', 1), task('a', 1)])).toEqual(['b', 'a']);
  });

  it('holds everything once, after what it depends on', () => {
    fc.assert(
      fc.property(graphs, (tasks) => {
        const order = inOrder(tasks);
        expect([...order].sort()).toEqual(tasks.map(({ id }) => id).sort());
        for (const { id, dependsOn } of tasks) {
          for (const before of dependsOn) expect(order.indexOf(before)).toBeLessThan(order.indexOf(id));
        }
      }),
    );
  });

  it('does not wait for what was not chosen', () => {
    expect(inOrder([task('b', 1, 'not-chosen')])).toEqual(['b']);
  });
});

describe('a circle', () => {
  it('is named, without those who only wait for it', () => {
    expect(inCircle([task('a', 1, 'b'), task('b', 1, 'a'), task('c', 1, 'b'), task('d', 1)])).toEqual(['a', 'b']);
    expect(inCircle([task('a', 1, 'a')])).toEqual(['a']);
  });

  it('is found whenever one is closed, and only then', () => {
    fc.assert(
      fc.property(graphs, (tasks) => {
        expect(inCircle(tasks)).toEqual([]);
        const [start] = tasks.filter(({ dependsOn }) => dependsOn.length > 0);
        fc.pre(start !== undefined);
        const closed = tasks.map((one) => (start?.dependsOn[0] === one.id ? task(one.id, 1, start.id) : one));
        expect(inCircle(closed)).toContain(start?.id);
      }),
    );
  });
});

describe('working days until all is decided', () => {
  it('are those of the longest way', () => {
    const tasks = [task('a', 3), task('b', 5, 'a'), task('c', 1, 'a'), task('d', 2, 'b', 'c'), task('e', 9)];
    expect(criticalDays(tasks)).toBe(10);
    expect(criticalDays([])).toBe(0);
  });

  it('are never less than any one limit, never more than all in a row, and never shrink when a task is added', () => {
    fc.assert(
      fc.property(graphs, (tasks) => {
        const days = criticalDays(tasks);
        expect(days).toBeGreaterThanOrEqual(Math.max(...tasks.map((one) => one.days)));
        expect(days).toBeLessThanOrEqual(tasks.reduce((sum, one) => sum + one.days, 0));
        const needed = new Set(tasks.flatMap(({ dependsOn }) => dependsOn));
        const last = tasks.find(({ id }) => !needed.has(id));
        expect(criticalDays(tasks.filter((one) => one !== last))).toBeLessThanOrEqual(days);
      }),
    );
  });
});
