import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { can, rules } from '../identity/door.ts';
import { Problem } from '../platform/door.ts';
import { branchResource, caseResource } from './act.ts';
import type { CaseEvent, Command, Who } from './case.ts';
import { decide, refuses } from './decide.ts';
import { fold } from './evolve.ts';
import { branchOf, clerk, context, officer, problem, submitted, system } from './scenario.ts';

/** Nobody is refused by a program alone (个人信息保护法 art. 24), whatever it tries and in whatever order. */
const items = ['b0', 'b1', 'b2'];
const branches = [branchOf('b0'), branchOf('b1', ['b0']), branchOf('b2')];
const program: fc.Arbitrary<Who> = fc.constantFrom(
  system,
  { id: 'rules-engine', name: '' },
  { id: 'system', name: '审批助手' },
  { id: 'model', name: ' ', agency: 'b0' },
);
const item = fc.constantFrom(...items);
const words = fc.constantFrom('理由', '不符合条件');
const late = '2026-12-01T02:00:00.000Z';
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.constant<Command>({ type: 'accept' }),
  fc.constant<Command>({ type: 'deem-accepted' }),
  fc.constant<Command>({ type: 'return', missing: [{ what: '签名', why: '没有签' }] }),
  words.map((reason): Command => ({ type: 'not-accept', reason })),
  item.map((item): Command => ({ type: 'claim', item })),
  item.map((item): Command => ({ type: 'release', item })),
  fc
    .record({ item, reason: words, outcome: fc.constantFrom('granted' as const, 'refused' as const) })
    .map((given): Command => ({ type: 'decide', results: {}, ...given })),
);
const steps = fc.array(fc.record({ command, by: fc.oneof(program, fc.constantFrom(clerk, ...items.map(officer))) }), {
  maxLength: 25,
});

function run(wishes: { command: Command; by: Who }[]): CaseEvent[] {
  const events = submitted(branches);
  for (const { command, by } of wishes) {
    try {
      events.push(...decide(fold(events), command, context(by, late)));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
  }
  return events;
}

describe('no program alone refuses anybody', () => {
  test('whatever people and programs try in whatever order, every refusal has somebody’s name on it', () => {
    let refused = 0;
    fc.assert(
      fc.property(steps, (wishes) => {
        for (const { by } of run(wishes).filter(refuses)) {
          refused++;
          expect([clerk, ...items.map(officer)]).toContainEqual(by);
        }
      }),
      { numRuns: 1000 },
    );
    expect(refused, 'people did refuse, so the rule was tried').toBeGreaterThan(50);
  });

  test('a program is told so, at the counter and at a branch', () => {
    const decided = (by: Who) => {
      const held = { ...by };
      const events = [...submitted(branches)];
      events.push(...decide(fold(events), { type: 'accept' }, context(clerk)));
      events.push(...decide(fold(events), { type: 'claim', item: 'b0' }, context(held)));
      const refusal = { type: 'decide', item: 'b0', outcome: 'refused', reason: '不符合条件', results: {} } as const;
      return problem(() => decide(fold(events), refusal, context(held)));
    };
    expect(decided(system)).toBe('refusal-needs-a-person');
    expect(decided(officer('b0'))).toBe('nothing');
    const no = { type: 'not-accept', reason: '不属于本机关职权' } as const;
    expect(problem(() => decide(fold(submitted(branches)), no, context(system)))).toBe('refusal-needs-a-person');
  });

  test('and the policy lets the house itself do nothing but read, accept by law, count due days anew, and give back what nobody can work on any more', () => {
    const theCase = fold(submitted(branches));
    const house = { kind: 'system', id: 'system', region: '360121' } as const;
    for (const action of ['case.not-accept', 'case.return', 'case.accept'] as const)
      expect(can(house, action, caseResource(theCase)), action).toBe(false);
    const [branch] = theCase.plan.branches;
    if (branch) expect(can(house, 'branch.decide', branchResource(theCase.plan, branch))).toBe(false);
    const allowed = Object.entries(rules).filter(([, rule]) => rule.system);
    expect(allowed.map(([action]) => action)).toEqual([
      'case.read',
      'case.deem-accepted',
      'case.recount',
      'branch.release',
    ]);
  });
});
