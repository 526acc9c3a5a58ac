import { addWorkdays, type Calendar, calendarOf } from '../platform/door.ts';
import type { Case, CaseEvent, CasePlan, Command, PlannedBranch, Who } from './case.ts';
import type { Context } from './context.ts';
import { decide, submit } from './decide.ts';
import { fold } from './evolve.ts';

/** Words for tests of decisions: given what happened, when somebody does something, then these events. */
export const calendar: Calendar = calendarOf(
  [
    { day: '2026-10-01', kind: 'holiday' },
    { day: '2026-10-02', kind: 'holiday' },
    { day: '2026-10-10', kind: 'makeup' },
  ],
  '2026-12-31',
);
export const clerk: Who = { id: 'clerk', name: '熊晓燕' };
export const father: Who = { id: 'father', name: '李强' };
export const system: Who = { id: 'system', name: '' };
export const officer = (agency: string): Who => ({ id: `officer-${agency}`, name: agency, agency });

export function branchOf(item: string, dependsOn: string[] = [], more: Partial<PlannedBranch> = {}): PlannedBranch {
  const name = { zh: item, en: item };
  const limits = { promisedDays: 3, statutoryDays: 20 };
  return {
    item,
    itemVersion: 1,
    name,
    agency: item,
    agencyName: name,
    division: '360121000000',
    dependsOn,
    onTheSpot: false,
    ...limits,
    results: [],
    elements: [],
    materials: [],
    ...more,
  };
}

export function planOf(branches: PlannedBranch[], more: Partial<CasePlan> = {}): CasePlan {
  return {
    region: '360121',
    number: '3601211000000001202610090000010',
    division: '360121100000',
    divisionName: '莲塘镇',
    subject: { kind: 'bundle', id: 'newborn', version: 1, name: { zh: '新生儿出生', en: 'Newborn' } },
    applicant: { id: father.id, name: father.name },
    channel: 'online',
    branches,
    situation: {},
    materialsAsked: 0,
    materialsSpared: 0,
    ...more,
  };
}

export function context(by: Who, at = '2026-10-09T02:00:00.000Z'): Context {
  return { at, by, calendar };
}

/** A case with the given branches, submitted by the father. */
export function submitted(branches: PlannedBranch[], more: Partial<CasePlan> = {}): CaseEvent[] {
  return [submit(planOf(branches, more), { child_name: '李乐' }, [], context(father))];
}

/** A bundle in which two begin at once and others wait for each other. */
export const newborn = [
  branchOf('birth-certificate'),
  branchOf('vaccination-record', ['birth-certificate']),
  branchOf('birth-registration', ['birth-certificate']),
  branchOf('social-security-card', ['birth-registration']),
  branchOf('childcare-guidance'),
];
export const accepted = (): CaseEvent[] => having(submitted(newborn), [{ type: 'accept' }, clerk]);

/** What happens when commands follow one another; each is done by the one named. */
export function having(events: CaseEvent[], ...steps: [Command, Who, string?][]): CaseEvent[] {
  const so = [...events];
  for (const [command, by, at] of steps) so.push(...decide(fold(so), command, context(by, at)));
  return so;
}

export const when = (events: CaseEvent[], command: Command, by: Who, at?: string): CaseEvent[] =>
  decide(fold(events), command, context(by, at));

export const types = (events: CaseEvent[]): string[] =>
  events.map((event) => ('item' in event ? `${event.type} ${event.item}` : event.type));

export const claim = (item: string): [Command, Who] => [{ type: 'claim', item }, officer(item)];
export const grant = (item: string): [Command, Who] => [
  { type: 'decide', item, outcome: 'granted', reason: '材料齐全', results: {} },
  officer(item),
];
export const issuer: Who = { id: 'issuer', name: '姜晨曦' };
export const issue = (item: string, by: Who = issuer): [Command, Who] => [{ type: 'issue', item, results: {} }, by];
export const refuse = (item: string): [Command, Who] => [
  { type: 'decide', item, outcome: 'refused', reason: '不符合条件', results: {} },
  officer(item),
];
export const state = (events: CaseEvent[]): Case['state'] => fold(events).state;
export const due = (day: string, n: number): string => addWorkdays(calendar, day, n).due;

/** The code of what a piece of work was refused with; `nothing` when it went through. */
export function problem(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing';
}
