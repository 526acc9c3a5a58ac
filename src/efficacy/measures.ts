/**
 * What is counted. A measure says which cases (or which items of cases) it holds, and everything else follows from
 * that one condition: the figure counts it, a breakdown groups it, the list shows it. So they cannot disagree.
 *
 * Conditions are SQL over the columns of one row of `case_fact` with its `level`, or of `branch_fact`;
 * $2 and $3 are the first and the last day of the period, $4 is today.
 */
export type Unit = 'case' | 'branch';
/** `clock` says by which clock its rows are in time or late: that of the decision unless it says otherwise. */
export type Measure = { unit: Unit; where: string; now?: true; clock?: 'issue' };

const submitted = 'submitted_day between $2 and $3';
const closed = `status = 'closed' and ended_day between $2 and $3`;
const rated = `${closed} and level is not null`;
const decided = 'decided_day between $2 and $3';
const open = `status = 'open'`;
const toIssue = `status = 'to-issue'`;
const issued = 'issued_day between $2 and $3';

/** The measures: the unit each counts and the condition that says which. `now`: as of today, whatever the period. */
export const measures = {
  submitted: { unit: 'case', where: submitted },
  closed: { unit: 'case', where: closed },
  running: { unit: 'case', where: 'ended_day is null', now: true },
  returned: { unit: 'case', where: `${submitted} and times_returned > 0` },
  'deemed-accepted': { unit: 'case', where: `${submitted} and deemed` },
  'not-accepted': { unit: 'case', where: `status = 'not-accepted' and ended_day between $2 and $3` },
  withdrawn: { unit: 'case', where: `status = 'withdrawn' and ended_day between $2 and $3` },
  'no-more-than-one-visit': { unit: 'case', where: `${closed} and visits <= 1` },
  'more-visits': { unit: 'case', where: `${closed} and visits > 1` },
  rated: { unit: 'case', where: rated },
  'good-rating': { unit: 'case', where: `${rated} and level >= 3` },
  'bad-rating': { unit: 'case', where: `${rated} and level <= 2` },
  decided: { unit: 'branch', where: decided },
  'on-time': { unit: 'branch', where: `${decided} and on_time_promised` },
  late: { unit: 'branch', where: `${decided} and not on_time_promised` },
  'on-time-by-law': { unit: 'branch', where: `${decided} and on_time_statutory` },
  'late-by-law': { unit: 'branch', where: `${decided} and not on_time_statutory` },
  refused: { unit: 'branch', where: `${decided} and status = 'refused'` },
  open: { unit: 'branch', where: open, now: true },
  'late-running': { unit: 'branch', where: `${open} and promised_due < $4`, now: true },
  'overdue-running': { unit: 'branch', where: `${open} and statutory_due < $4`, now: true },
  'to-issue': { unit: 'branch', where: toIssue, now: true, clock: 'issue' },
  'late-to-issue': { unit: 'branch', where: `${toIssue} and issue_due < $4`, now: true, clock: 'issue' },
  issued: { unit: 'branch', where: issued, clock: 'issue' },
  'issued-on-time': { unit: 'branch', where: `${issued} and issued_day <= issue_due`, clock: 'issue' },
  'issued-late': { unit: 'branch', where: `${issued} and issued_day > issue_due`, clock: 'issue' },
} as const satisfies Record<string, Measure>;

export type MeasureId = keyof typeof measures;
/** Every measure, in the order of the table. */
export const measureIds = Object.keys(measures) as MeasureId[];
/** Whether a text names a measure. */
export const isMeasure = (text: string): text is MeasureId => Object.hasOwn(measures, text);

/** Whether a measure is as of now, so that the period has no say in it. */
export const isNow = (id: MeasureId): boolean => 'now' in measures[id];
/** Whether a measure is about issuing, so that its rows are late by the day to issue them. */
export const isOfIssuing = (id: MeasureId): boolean => 'clock' in measures[id];

/** What is added up, over the rows a measure holds. */
export const sums = {
  visits: { over: 'closed', value: 'visits' },
  materialsAsked: { over: 'submitted', value: 'materials_asked' },
  materialsSpared: { over: 'submitted', value: 'materials_spared' },
  satisfaction: { over: 'rated', value: 'level * 20' },
  usedDays: { over: 'decided', value: 'used_days' },
  promisedDays: { over: 'decided', value: 'promised_days' },
  statutoryDays: { over: 'decided', value: 'statutory_days' },
  issueUsedDays: { over: 'issued', value: 'issue_used_days' },
} as const satisfies Record<string, { over: MeasureId; value: string }>;

export type SumId = keyof typeof sums;
export const sumIds = Object.keys(sums) as SumId[];
