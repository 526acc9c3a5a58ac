import { describe, expect, it } from 'vitest';
import { toldOf } from './reading.ts';

describe('the reason somebody gives', () => {
  it('is a code, with words when there are some', () => {
    expect(toldOf({ why: 'check' })).toEqual({ told: 'check' });
    expect(toldOf({ why: 'contact', words: ' 电话打不通 ' })).toEqual({ told: 'contact: 电话打不通' });
  });
  it('is taken whole or not at all', () => {
    const words = '字'.repeat(200);
    expect(toldOf({ why: 'check', words })).toEqual({ told: `check: ${words}` });
    const refused = { field: 'words', code: 'too-long', params: { typed: 201, max: 200 } };
    expect(toldOf({ why: 'check', words: `${words}多` })).toEqual(refused);
  });
  it('is asked for when there is none, and in words when it is another one', () => {
    const forms: Record<string, string>[] = [{}, { why: '' }, { why: 'curious', words: '想看看' }];
    for (const form of forms) expect(toldOf(form)).toEqual({ field: 'why', code: 'reveal-why' });
    for (const words of ['', ' ', '看'])
      expect(toldOf({ why: 'other', words })).toEqual({ field: 'words', code: 'reveal-words' });
    expect(toldOf({ why: 'other', words: '归档' })).toEqual({ told: 'other: 归档' });
  });
});
