import { expect, test } from 'vitest';
import { testDatabase } from '../../test/support/testdb.ts';
import { openLog, type Round, startRounds, takeRound } from './door.ts';

const moment = new Date('2026-06-10T02:00:00.000Z');
const clock = () => moment;

test('of several processes one takes a round, at the moment the clock tells', async () => {
  const db = await testDatabase({ role: 'tongban_app' });
  const needs = { db, log: openLog('silent'), clock };
  let finish = () => {};
  const work = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const told: Date[] = [];
  let begun = () => {};
  const beginning = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const round: Round = {
    name: 'test',
    everyMs: 3_600_000,
    run: async (at) => {
      told.push(at);
      begun();
      await work;
    },
  };
  const first = takeRound(needs, round);
  await beginning;
  expect(await takeRound(needs, round)).toBe(false);
  finish();
  expect(await first).toBe(true);
  expect(await takeRound(needs, round)).toBe(true);
  expect(told).toEqual([moment, moment]);
});

test('a round begins at once, and one that fails hurts nobody', async () => {
  const db = await testDatabase({ role: 'tongban_app' });
  let runs = 0;
  const good: Round = {
    name: 'good',
    everyMs: 3_600_000,
    run: async () => {
      runs++;
    },
  };
  const bad: Round = { name: 'bad', everyMs: 3_600_000, run: () => Promise.reject(new Error('no')) };
  const { stop } = startRounds({ db, log: openLog('silent'), clock, rounds: [bad, good] });
  await stop();
  expect(runs).toBe(1);
});
