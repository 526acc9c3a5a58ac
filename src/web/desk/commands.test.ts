import { describe, expect, it } from 'vitest';
import { Problem } from '../../platform/door.ts';
import { actOf, commandOf, type ReturnRow } from './commands.ts';

const rows: ReturnRow[] = [
  { id: 'm-photo', kind: 'material', what: '照片' },
  { id: 'q-child', kind: 'question', what: '孩子姓名' },
  { id: 'free-1', kind: 'free', what: '' },
];

describe('a form of the desk becomes a command', () => {
  it('takes results from their fields, and none with a refusal', () => {
    const form = { item: 'birth', reason: '符合', r_number: 'V1', other: 'x' };
    expect(commandOf('grant', form, [])).toEqual({
      type: 'decide',
      item: 'birth',
      outcome: 'granted',
      reason: '符合',
      results: { number: 'V1' },
    });
    expect(commandOf('refuse', form, [])).toMatchObject({ outcome: 'refused', results: {} });
  });
  it('lists what was ticked and what was written, each with its why', () => {
    const form = {
      'miss-m-photo': 'yes',
      'why-m-photo': '看不清',
      'what-free-1': '户口本首页',
      'why-free-1': '漏拍',
      'why-q-child': '没勾选的不算',
    };
    expect(commandOf('return', form, rows)).toEqual({
      type: 'return',
      missing: [
        { what: '照片', why: '看不清' },
        { what: '户口本首页', why: '漏拍' },
      ],
    });
  });
  it('points at every thing without a why, and every why without a thing, at once', () => {
    const form = { 'miss-m-photo': 'yes', 'why-free-1': '漏拍' };
    const problem = (() => {
      try {
        return commandOf('return', form, rows);
      } catch (error) {
        return error;
      }
    })();
    expect(problem).toBeInstanceOf(Problem);
    expect((problem as Problem).fields.map(({ field }) => field)).toEqual(['why-m-photo', 'what-free-1']);
  });
  it('leaves an empty list to the room, which refuses it by name', () => {
    expect(commandOf('return', {}, rows)).toEqual({ type: 'return', missing: [] });
  });
  it('knows no other acts', () => {
    expect(() => actOf({ act: 'withdraw' })).toThrow(Problem);
  });
});
