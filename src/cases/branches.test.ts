import { describe, expect, test } from 'vitest';
import type { Command } from './case.ts';
import { decide } from './decide.ts';
import { fold } from './evolve.ts';
import {
  accepted,
  branchOf,
  claim,
  clerk,
  context,
  father,
  grant,
  having,
  officer,
  problem,
  refuse,
  state,
  submitted,
  types,
  when,
} from './scenario.ts';

describe('branches', () => {
  test('given an open branch, when two claim it, then the second is told who has it', () => {
    const events = having(accepted(), claim('birth-certificate'));
    const rival = { id: 'rival', name: '彭立军' };
    expect(() => when(events, { type: 'claim', item: 'birth-certificate' }, rival)).toThrow(
      expect.objectContaining({ code: 'branch-taken', params: { holder: 'birth-certificate' } }),
    );
  });

  test('given a claimed branch, when somebody else decides or releases it, then it is refused', () => {
    const events = having(accepted(), claim('birth-certificate'));
    expect(problem(() => when(events, grant('birth-certificate')[0], officer('other')))).toBe('branch-not-yours');
    expect(problem(() => when(events, { type: 'release', item: 'birth-certificate' }, officer('other')))).toBe(
      'branch-not-yours',
    );
  });

  test('given a claimed branch, when who may take it back does so, then others may claim it, and not more than that', () => {
    const events = having(accepted(), claim('birth-certificate'));
    const takes = (command: Command) =>
      decide(fold(events), command, { ...context(officer('lead'), events.at(-1)?.at ?? ''), takesBack: true });
    expect(takes({ type: 'release', item: 'birth-certificate' })).toMatchObject([{ type: 'branch-released' }]);
    expect(problem(() => takes(grant('birth-certificate')[0]))).toBe('branch-not-yours');
  });

  test('given a claimed branch, when it is released, then others may claim it', () => {
    const events = having(accepted(), claim('birth-certificate'), [
      { type: 'release', item: 'birth-certificate' },
      officer('birth-certificate'),
    ]);
    expect(state(events).branches['birth-certificate']).toMatchObject({ status: 'open' });
    expect(state(events).branches['birth-certificate']?.claimedBy).toBeUndefined();
  });

  test('given a branch that waits, when somebody claims it, then it is refused', () => {
    expect(problem(() => when(accepted(), { type: 'claim', item: 'social-security-card' }, clerk))).toBe(
      'branch-waiting',
    );
    expect(problem(() => when(accepted(), { type: 'claim', item: 'no-such' }, clerk))).toBe('branch-not-found');
  });

  test('given what it needs is granted, then a branch opens by itself', () => {
    const events = having(accepted(), claim('birth-certificate'));
    expect(types(when(events, ...grant('birth-certificate')))).toEqual([
      'branch-decided birth-certificate',
      'branch-opened vaccination-record',
      'branch-opened birth-registration',
    ]);
  });

  test('given a branch is refused, then only what depends on it stops, all the way down', () => {
    const events = having(accepted(), claim('birth-certificate'));
    expect(types(when(events, ...refuse('birth-certificate')))).toEqual([
      'branch-decided birth-certificate',
      'branch-stopped vaccination-record',
      'branch-stopped birth-registration',
      'branch-stopped social-security-card',
    ]);
    const ended = having(events, refuse('birth-certificate'), claim('childcare-guidance'), grant('childcare-guidance'));
    expect(state(ended)).toMatchObject({ status: 'closed', outcome: 'partly-granted' });
  });

  test('given a decision without a reason, then it is refused', () => {
    const events = having(accepted(), claim('birth-certificate'));
    const silent = { type: 'decide', item: 'birth-certificate', outcome: 'granted', reason: '', results: {} } as const;
    expect(problem(() => when(events, silent, officer('birth-certificate')))).toBe('reason-required');
  });

  test('given a decided branch, when it is decided again, then the second is told who decided', () => {
    const events = having(accepted(), claim('birth-certificate'), grant('birth-certificate'));
    expect(() => when(events, ...grant('birth-certificate'))).toThrow(
      expect.objectContaining({ code: 'branch-already-decided', params: { holder: 'birth-certificate' } }),
    );
  });

  test('given results to hand on, when one is missing or odd, then all such are named', () => {
    const results = [
      {
        id: 'number',
        name: { zh: '编号', en: 'Number' },
        form: 'certificate' as const,
        pattern: '[A-Z]\\d{9}',
        example: 'X360000001',
      },
      { id: 'name', name: { zh: '姓名', en: 'Name' }, form: 'register' as const },
    ];
    const events = having(submitted([branchOf('a', [], { results })]), [{ type: 'accept' }, clerk], claim('a'));
    const decision = {
      type: 'decide',
      item: 'a',
      outcome: 'granted',
      reason: '好',
      results: { number: 'x1' },
    } as const;
    expect(() => when(events, decision, officer('a'))).toThrow(
      expect.objectContaining({
        code: 'results-missing',
        fields: [expect.objectContaining({ field: 'number' }), expect.objectContaining({ field: 'name' })],
      }),
    );
    const good = { ...decision, results: { number: 'X360000001', name: '李乐' } };
    expect(types(when(events, good, officer('a')))).toEqual(['branch-decided a', 'closed']);
  });

  test('given a withdrawal, then what was decided stays and the rest stops', () => {
    const events = having(accepted(), claim('childcare-guidance'), grant('childcare-guidance'), [
      { type: 'withdraw' },
      father,
    ]);
    const { branches } = state(events);
    expect(branches['childcare-guidance']?.status).toBe('granted');
    expect(branches['birth-certificate']?.status).toBe('stopped');
  });
});
