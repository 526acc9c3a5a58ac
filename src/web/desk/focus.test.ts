import { describe, expect, it } from 'vitest';
import { focusOf } from './focus.ts';

type State = Parameters<typeof focusOf>[0]['state'];
const state = (branches: State['branches']) => ({
  state: { status: 'accepted', version: 1, submittedAt: '', timesReturned: 0, visits: 0, branches } as State,
});

describe('what the page is about', () => {
  it('takes what is asked for, else what this person is at', () => {
    const me = { id: 'me', name: '' };
    const theCase = state({ birth: { status: 'open' }, card: { status: 'claimed', claimedBy: me } });
    expect(focusOf(theCase, ['birth', 'card'], 'household', 'me')).toBe('card');
    expect(focusOf(theCase, ['birth', 'card'], 'birth', 'me')).toBe('birth');
    expect(focusOf(theCase, ['birth', 'card'], undefined, 'other')).toBe('birth');
    expect(focusOf(theCase, [], undefined, 'me')).toBeUndefined();
  });
});
