import { describe, expect, test } from 'vitest';
import { allowedOnBranch } from './allowed.ts';
import type { Command, Who } from './case.ts';
import { decide } from './decide.ts';
import { fold } from './evolve.ts';
import {
  branchOf,
  claim,
  clerk,
  context,
  due,
  father,
  grant,
  having,
  issue,
  issuer,
  officer,
  problem,
  refuse,
  state,
  submitted,
  types,
  when,
} from './scenario.ts';

/** A licence that somebody else issues, and a plate that waits for it. */
const number = {
  id: 'licence_number',
  name: { zh: '证号', en: 'Number' },
  form: 'certificate' as const,
  pattern: '^\\d{4}$',
};
const licence = branchOf('licence', [], { issueDays: 10, results: [number] });
const shop = [licence, branchOf('plate', ['licence'])];
const accepted = () => having(submitted(shop), [{ type: 'accept' }, clerk]);
const granted = () => having(accepted(), claim('licence'), grant('licence'));
const handOut = (by: Who = issuer, value = '0123'): [Command, Who] => [
  { type: 'issue', item: 'licence', results: { licence_number: value } },
  by,
];

describe('what somebody else issues', () => {
  test('given it is granted, then it is to be issued, needs no result yet, and nothing that waits for it opens', () => {
    expect(types(granted()).slice(-1)).toEqual(['branch-decided licence']);
    const { branches, status } = state(granted());
    expect(branches.licence).toMatchObject({ status: 'to-issue', results: [], decidedBy: officer('licence') });
    expect(branches.plate?.status).toBe('waiting');
    expect(status).toBe('accepted');
  });

  test('given it is granted, then the clock of the decision has stopped and that of issuing runs, in working days', () => {
    const { licence: branch } = state(granted()).branches;
    expect(branch).toMatchObject({ usedDays: 0, issueDue: due('2026-10-09', 10), issueProvisional: false });
  });

  test('given it is issued, then its result is there, what waited for it opens, and the case goes on', () => {
    const events = when(granted(), ...handOut());
    expect(types(events)).toEqual(['branch-issued licence', 'branch-opened plate']);
    const after = state([...granted(), ...events]);
    expect(after.branches.licence).toMatchObject({
      status: 'granted',
      issuedBy: issuer,
      decidedBy: officer('licence'),
      results: [{ id: 'licence_number', value: '0123' }],
    });
  });

  test('given it is the last of the case, when it is issued, then the case closes in the same act', () => {
    const alone = having(submitted([licence]), [{ type: 'accept' }, clerk], claim('licence'), grant('licence'));
    expect(state(alone).status).toBe('accepted');
    expect(types(when(alone, ...handOut()))).toEqual(['branch-issued licence', 'closed']);
  });

  test('given it is refused, then there is nothing to issue', () => {
    const events = having(accepted(), claim('licence'), refuse('licence'));
    expect(state(events).branches.licence?.status).toBe('refused');
    expect(state(events).status).toBe('closed');
    expect(problem(() => when(events, ...handOut()))).toBe('action-not-possible');
  });

  test('given an item that says nothing of it, then the decision hands its result on as ever', () => {
    const plain = having(submitted([branchOf('plain')]), [{ type: 'accept' }, clerk], claim('plain'), grant('plain'));
    expect(types(plain).slice(-2)).toEqual(['branch-decided plain', 'closed']);
    expect(JSON.stringify(plain)).not.toContain('issueDue');
  });

  test('given the applicant withdraws before it is issued, then it is stopped with the rest', () => {
    const events = when(granted(), { type: 'withdraw' }, father);
    expect(types(events)).toEqual(['branch-stopped licence', 'branch-stopped plate', 'withdrawn']);
  });
});

describe('who issues', () => {
  test.each<[string, Who]>([
    ['who received the case', clerk],
    ['who decided it', officer('licence')],
    ['a colleague in the place of who decided it', { ...issuer, actsFor: { id: 'officer-licence', name: '' } }],
  ])('is not %s', (_who, by) => {
    expect(problem(() => when(granted(), ...handOut(by)))).toBe('issued-by-another');
  });

  test('is not the colleague in whose place it was decided', () => {
    const lender: Who = { id: 'lender', name: '谢国平' };
    const stand: Who = { ...officer('licence'), actsFor: lender };
    const command = grant('licence')[0];
    const before = having(accepted(), claim('licence'));
    const events = [...before, ...decide(fold(before), command, context(stand))];
    expect(problem(() => when(events, ...handOut(lender)))).toBe('issued-by-another');
    expect(problem(() => when(events, ...handOut()))).toBe('nothing');
  });
});

describe('what is refused', () => {
  const waiting = accepted();
  test.each<[string, () => unknown, string]>([
    ['issuing what is open', () => when(waiting, ...handOut()), 'nothing-to-issue'],
    ['issuing what is claimed', () => when(having(waiting, claim('licence')), ...handOut()), 'nothing-to-issue'],
    ['issuing what still waits', () => when(waiting, ...issue('plate')), 'nothing-to-issue'],
    ['issuing twice', () => when(having(granted(), handOut()), ...handOut()), 'nothing-to-issue'],
    ['issuing what is not in the case', () => when(granted(), ...issue('elsewhere')), 'branch-not-found'],
    ['issuing before the case is accepted', () => when(submitted(shop), ...handOut()), 'action-not-possible'],
    ['issuing without the number', () => when(granted(), ...issue('licence')), 'results-missing'],
    ['issuing with a number of another form', () => when(granted(), ...handOut(issuer, 'x')), 'results-missing'],
    ['deciding once more', () => when(granted(), ...grant('licence')), 'branch-already-decided'],
    ['claiming what is to be issued', () => when(granted(), ...claim('licence')), 'branch-already-decided'],
  ])('%s', (_what, work, expected) => {
    expect(problem(work)).toBe(expected);
  });

  test('only issuing is allowed on what is to be issued', () => {
    expect(allowedOnBranch(fold(granted()), 'licence')).toEqual(['issue']);
  });
});
