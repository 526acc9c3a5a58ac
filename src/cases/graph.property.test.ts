import fc from 'fast-check';
import { expect, test } from 'vitest';
import { workdaysBetween } from '../platform/door.ts';
import type { CaseEvent } from './case.ts';
import { decide } from './decide.ts';
import { evolve, fold } from './evolve.ts';
import { branchOf, calendar, clerk, context, having, issue, issuer, officer, submitted } from './scenario.ts';

/** The graph of the delivered newborn bundle (`bundles/newborn`), as the catalogue's own test holds it. */
const newborn = [
  branchOf('birth-certificate'),
  branchOf('birth-service-record'),
  branchOf('childcare-guidance'),
  branchOf('vaccination-record', ['birth-certificate']),
  branchOf('birth-registration', ['birth-certificate']),
  branchOf('social-security-card', ['birth-registration']),
  branchOf('resident-insurance', ['birth-registration']),
  branchOf('insurance-payment', ['resident-insurance']),
  branchOf('maternity-benefit', ['resident-insurance']),
];
/** Any graph without circles: a branch may depend on earlier ones only. Every fifth is the one of a newborn. */
const invented = fc.array(fc.array(fc.nat(20), { maxLength: 3 }), { minLength: 1, maxLength: 9 }).map((needs) =>
  needs.map((list, index) =>
    branchOf(
      `b${index}`,
      [...new Set(list.filter(() => index > 0).map((n) => `b${n % Math.max(index, 1)}`))],
      // Some are issued by somebody else.
      list.length % 2 === 1 ? { issueDays: 10 } : {},
    ),
  ),
);
const graphs = fc.oneof({ arbitrary: invented, weight: 4 }, { arbitrary: fc.constant(newborn), weight: 1 });
/** Which branch that is open or to be issued is next, and how it is decided. */
const choices = fc.array(fc.record({ pick: fc.nat(100), grant: fc.boolean() }), { minLength: 18, maxLength: 18 });

function run(branches: ReturnType<typeof branchOf>[], order: { pick: number; grant: boolean }[]): CaseEvent[] {
  let events = having(submitted(branches), [{ type: 'accept' }, clerk]);
  for (const { pick, grant } of order) {
    const { plan, state } = fold(events);
    const open = plan.branches.filter(({ item }) => ['open', 'to-issue'].includes(state.branches[item]?.status ?? ''));
    const next = open[pick % Math.max(open.length, 1)];
    if (!next) break;
    if (state.branches[next.item]?.status === 'to-issue') {
      events = having(events, issue(next.item));
      continue;
    }
    const outcome = grant ? 'granted' : 'refused';
    const who = officer(next.item);
    events = having(
      events,
      [{ type: 'claim', item: next.item }, who],
      [{ type: 'decide', item: next.item, outcome, reason: '理由', results: {} }, who],
    );
  }
  return events;
}

test('any order of decisions ends with the case closed and every branch ended', () => {
  fc.assert(
    fc.property(graphs, choices, (branches, order) => {
      const { state } = fold(run(branches, order));
      expect(state.status).toBe('closed');
      for (const branch of Object.values(state.branches))
        expect(['granted', 'refused', 'stopped']).toContain(branch.status);
    }),
  );
});

test('no branch opens before everything it depends on is granted, and none that depends on a refusal ever opens', () => {
  fc.assert(
    fc.property(graphs, choices, (branches, order) => {
      const granted = new Set<string>();
      const needs = new Map(branches.map(({ item, dependsOn }) => [item, dependsOn]));
      for (const event of run(branches, order)) {
        if (event.type === 'branch-decided' && event.outcome === 'granted' && !event.issueDue) granted.add(event.item);
        if (event.type === 'branch-issued') granted.add(event.item);
        if (event.type === 'branch-opened')
          expect(needs.get(event.item)?.every((need) => granted.has(need))).toBe(true);
      }
    }),
  );
});

test('a refusal stops exactly what depends on it', () => {
  fc.assert(
    fc.property(graphs, choices, (branches, order) => {
      const { state } = fold(run(branches, order));
      const failed = (item: string): boolean => {
        const status = state.branches[item]?.status;
        const needs = branches.find((branch) => branch.item === item)?.dependsOn ?? [];
        return status === 'refused' || needs.some(failed);
      };
      for (const { item, dependsOn } of branches)
        expect(state.branches[item]?.status === 'stopped').toBe(dependsOn.some(failed));
    }),
  );
});

test('the state is the same whether folded at once or event by event', () => {
  fc.assert(
    fc.property(graphs, choices, (branches, order) => {
      const events = run(branches, order);
      const first = fold(events.slice(0, 1));
      expect(events.slice(1).reduce(evolve, first.state)).toEqual(fold(events).state);
      expect(fold(events).state.version).toBe(events.length);
    }),
  );
});

test('working days used never shrink as time passes', () => {
  const day = fc
    .integer({ min: 0, max: 400 })
    .map((n) => new Date(Date.UTC(2026, 0, 1) + n * 86_400_000).toISOString().slice(0, 10));
  fc.assert(
    fc.property(day, day, day, (a, b, c) => {
      const [from, sooner, later] = [a, b, c].sort() as [string, string, string];
      expect(workdaysBetween(calendar, from, later)).toBeGreaterThanOrEqual(workdaysBetween(calendar, from, sooner));
    }),
  );
});

test('a decision is refused or leads to a state that has moved on; it never half-happens', () => {
  fc.assert(
    fc.property(graphs, fc.constantFrom('accept', 'withdraw'), (branches, type) => {
      const before = fold(submitted(branches));
      const events = decide(before, { type } as { type: 'accept' | 'withdraw' }, context(clerk));
      expect(events.length).toBeGreaterThan(0);
      expect(fold([...submitted(branches), ...events]).state.status).not.toBe('submitted');
    }),
  );
});

test('what is issued was granted before, once, by who neither received the case nor decided it', () => {
  fc.assert(
    fc.property(graphs, choices, (branches, order) => {
      const decided = new Map<string, string>();
      const issued = new Set<string>();
      for (const event of run(branches, order)) {
        if (event.type === 'branch-decided' && event.issueDue) decided.set(event.item, event.by.id);
        if (event.type !== 'branch-issued') continue;
        expect(decided.has(event.item) && !issued.has(event.item)).toBe(true);
        expect([clerk.id, decided.get(event.item)]).not.toContain(event.by.id);
        expect(event.by.id).toBe(issuer.id);
        issued.add(event.item);
      }
      expect([...decided.keys()].sort()).toEqual([...issued].sort());
    }),
  );
});
