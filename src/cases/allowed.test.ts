import { describe, expect, test } from 'vitest';
import { allowedNow, allowedOnBranch } from './allowed.ts';
import type { BranchStatus, CaseEvent, CaseStatus, Command, CommandType, Who } from './case.ts';
import { decide } from './decide.ts';
import { fold } from './evolve.ts';
import {
  branchOf,
  claim,
  clerk,
  context,
  father,
  grant,
  having,
  officer,
  refuse,
  submitted,
  system,
} from './scenario.ts';

/** Every command on every status, and what it is refused with. The compiler finds the pair somebody forgot. */
type Refusal = { code: string; holder?: string };
const through: Refusal = { code: 'goes through' };

function refusalOf(events: CaseEvent[], command: Command, by: Who): Refusal {
  try {
    decide(fold(events), command, context(by));
    return through;
  } catch (error) {
    const { code, params } = error as { code: string; params?: { holder?: string } };
    return params?.holder === undefined ? { code } : { code, holder: params.holder };
  }
}

const commandOn = (item: string): { [T in CommandType]: Extract<Command, { type: T }> } => ({
  return: { type: 'return', missing: [{ what: '户口簿', why: '照片看不清' }] },
  resubmit: { type: 'resubmit', answers: {}, materials: [], channel: 'online' },
  accept: { type: 'accept' },
  'deem-accepted': { type: 'deem-accepted' },
  recount: { type: 'recount' },
  'not-accept': { type: 'not-accept', reason: '不属本机关职权' },
  withdraw: { type: 'withdraw' },
  claim: { type: 'claim', item },
  release: { type: 'release', item },
  decide: { type: 'decide', item, outcome: 'granted', reason: '材料齐全', results: {} },
  issue: { type: 'issue', item, results: {} },
  'decide-on-the-spot': { type: 'decide-on-the-spot', reason: '当场核验', results: {} },
});
const commandTypes = Object.keys(commandOn('')) as CommandType[];

const one = submitted([branchOf('a')]);
const returned = having(one, [commandOn('a').return, clerk]);
const cases: Record<CaseStatus, CaseEvent[]> = {
  submitted: one,
  returned,
  accepted: having(one, [{ type: 'accept' }, clerk]),
  'not-accepted': having(one, [commandOn('a')['not-accept'], clerk]),
  withdrawn: having(one, [{ type: 'withdraw' }, father]),
  closed: having(one, [{ type: 'accept' }, clerk], claim('a'), grant('a')),
};
const no = 'action-not-possible';
const nothingMore = {
  ...{ return: no, resubmit: no, accept: no, 'deem-accepted': no, recount: no, 'not-accept': no, withdraw: no },
  ...{ claim: no, release: no, decide: no, issue: no, 'decide-on-the-spot': no },
};
const yes = through.code;
const onCases: Record<CaseStatus, Record<CommandType, string>> = {
  submitted: {
    ...{ return: yes, resubmit: no, accept: yes, 'deem-accepted': 'answer-not-overdue', recount: 'nothing-to-do' },
    ...{ 'not-accept': yes, withdraw: yes, 'decide-on-the-spot': 'not-on-the-spot' },
    ...{ claim: no, release: no, decide: no, issue: no },
  },
  returned: { ...nothingMore, resubmit: yes, withdraw: yes },
  accepted: {
    ...{ return: no, resubmit: no, accept: no, 'deem-accepted': no, recount: 'nothing-to-do', 'not-accept': no },
    ...{ withdraw: yes, 'decide-on-the-spot': no },
    ...{ claim: yes, release: 'branch-not-yours', decide: 'branch-not-yours', issue: 'nothing-to-issue' },
  },
  'not-accepted': nothingMore,
  withdrawn: nothingMore,
  closed: nothingMore,
};
/** Refused for what the status itself does not allow, and so not offered either. */
const notOffered = [no, 'not-on-the-spot', 'already-returned-once'];

describe.each(Object.entries(onCases))('given a case that is %s', (status, expected) => {
  const events = cases[status as CaseStatus];
  test.each(commandTypes)('when somebody says %s, then the case answers as the table says', (type) => {
    expect(refusalOf(events, commandOn('a')[type], officer('a')).code).toBe(expected[type]);
    expect(allowedNow(fold(events)).includes(type)).toBe(!notOffered.includes(expected[type]));
  });
});

test('given a case sent again after it was returned, then it is returned no second time', () => {
  const again = having(returned, [commandOn('a').resubmit, father]);
  expect(refusalOf(again, commandOn('a').return, clerk).code).toBe('already-returned-once');
  expect(allowedNow(fold(again))).not.toContain('return');
});

const bundle = submitted([branchOf('a', [], { issueDays: 10 }), branchOf('b', ['a']), branchOf('c'), branchOf('d')]);
const open = having(bundle, [{ type: 'accept' }, clerk]);
/** `item` has come to a status while another branch keeps the case open. */
const branches: Record<BranchStatus, { item: string; events: CaseEvent[] }> = {
  waiting: { item: 'b', events: open },
  open: { item: 'c', events: open },
  claimed: { item: 'c', events: having(open, claim('c')) },
  'to-issue': { item: 'a', events: having(open, claim('a'), grant('a')) },
  granted: { item: 'c', events: having(open, claim('c'), grant('c')) },
  refused: { item: 'c', events: having(open, claim('c'), refuse('c')) },
  stopped: { item: 'b', events: having(open, claim('a'), refuse('a')) },
};
/** `own` claims or decides in these scenarios; the clerk received the case, and the house is nobody. */
const people = {
  own: (item: string) => officer(item),
  other: () => officer('rival'),
  clerk: () => clerk,
  house: () => system,
};
type Person = keyof typeof people;
const alike = <T>(each: T): Record<Person, T> => ({ own: each, other: each, clerk: each, house: each });
const code = (name: string, holder?: string): Refusal =>
  holder === undefined ? { code: name } : { code: name, holder };
const nothingToIssue = alike(code('nothing-to-issue'));
const decidedBy = (holder: string) => alike(code('branch-already-decided', holder));
const ended = (refusal: Record<Person, Refusal>) => ({
  ...{ claim: refusal, release: refusal, decide: refusal, issue: nothingToIssue },
});
type OnBranch = Extract<CommandType, 'claim' | 'release' | 'decide' | 'issue'>;
const onBranches: Record<BranchStatus, Record<OnBranch, Record<Person, Refusal>>> = {
  waiting: ended(alike(code('branch-waiting'))),
  open: {
    claim: { ...alike(through), clerk: code('received-by-you') },
    release: alike(code('branch-not-yours', '')),
    decide: alike(code('branch-not-yours', '')),
    issue: nothingToIssue,
  },
  claimed: {
    claim: { ...alike(code('branch-taken', 'c')), own: code('nothing-to-do') },
    release: { ...alike(code('branch-not-yours', 'c')), own: through, house: through },
    decide: { ...alike(code('branch-not-yours', 'c')), own: through },
    issue: nothingToIssue,
  },
  'to-issue': {
    ...ended(decidedBy('a')),
    issue: { ...alike(through), own: code('issued-by-another'), clerk: code('issued-by-another') },
  },
  granted: ended(decidedBy('c')),
  refused: ended(decidedBy('c')),
  stopped: ended(alike(code('branch-stopped'))),
};
const onBranchTypes = Object.keys(onBranches.open) as OnBranch[];

describe.each(Object.entries(onBranches))('given a branch that is %s', (status, expected) => {
  const { item, events } = branches[status as BranchStatus];
  test.each(onBranchTypes)('when somebody says %s, then it depends on who they are', (type) => {
    expect(fold(events).state.branches[item]?.status).toBe(status);
    const found = Object.entries(people).map(([who, by]) => [who, refusalOf(events, commandOn(item)[type], by(item))]);
    expect(Object.fromEntries(found)).toEqual(expected[type]);
    const anybody = Object.values(expected[type]).includes(through);
    expect(allowedOnBranch(fold(events), item).includes(type)).toBe(anybody);
  });
});

test('given no such branch, then that is said', () => {
  for (const type of onBranchTypes)
    expect(refusalOf(open, commandOn('no-such')[type], officer('a')).code).toBe('branch-not-found');
});
