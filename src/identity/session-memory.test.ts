import { expect, test } from 'vitest';
import { isOpen, openSessionMemory } from './session-memory.ts';
import type { SessionRow } from './store-sessions.ts';

const at = new Date('2026-03-02T01:00:00Z');
const later = (seconds: number) => new Date(at.getTime() + seconds * 1000);
const row: SessionRow = {
  kind: 'person',
  id: '360121-1',
  name: '陈建国',
  csrfSecret: 's',
  lastSeen: at.toISOString(),
  expiresAt: later(3600).toISOString(),
  idleSeconds: 60,
  provedAt: at.toISOString(),
  division: null,
  agency: null,
  powers: [],
  via: null,
  level: null,
  onDevice: null,
  actsFor: null,
  hasSecond: false,
  secondReset: false,
};

function asked(found: SessionRow | 'nothing' = row) {
  const load = async () => {
    load.times++;
    return found === 'nothing' ? undefined : found;
  };
  load.times = 0;
  return load;
}

test('a session read a moment ago is not asked for again', async () => {
  const memory = openSessionMemory();
  const load = asked();
  expect(await memory.recall('a', at, load)).toBe(row);
  expect(await memory.recall('a', later(4), load)).toBe(row);
  expect(load.times).toBe(1);
});

test('after five seconds it is asked for again, and so it is when the clock was set back', async () => {
  const memory = openSessionMemory();
  const load = asked();
  await memory.recall('a', at, load);
  await memory.recall('a', later(5), load);
  await memory.recall('a', later(-5), load);
  expect(load.times).toBe(3);
});

test('a session that is forgotten is asked for again', async () => {
  const memory = openSessionMemory();
  await memory.recall('a', at, asked());
  await memory.recall('b', at, asked());
  memory.forget('a');
  expect(await memory.recall('a', at, asked('nothing'))).toBeUndefined();
  const stillKnown = asked('nothing');
  expect(await memory.recall('b', at, stillKnown)).toBe(row);
  memory.forget();
  expect(await memory.recall('b', at, stillKnown)).toBeUndefined();
});

test('what was asked for before a change is not remembered after it', async () => {
  const memory = openSessionMemory();
  const load = asked();
  await memory.recall('a', at, async () => {
    memory.forget('a');
    return load();
  });
  await memory.recall('a', at, load);
  expect(load.times).toBe(2);
});

test('a remembered session ends when its time has come', async () => {
  const memory = openSessionMemory();
  const ending = { ...row, expiresAt: later(2).toISOString() };
  await memory.recall('a', at, asked(ending));
  expect(await memory.recall('a', later(2), asked(ending))).toBeUndefined();
  expect(isOpen(row, later(59))).toBe(true);
  expect(isOpen(row, later(60))).toBe(false);
});
