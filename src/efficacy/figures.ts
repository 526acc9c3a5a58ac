import { type MeasureId, type SumId, sums } from './measures.ts';

/**
 * The figures, each defined once. Their names, formulas in words and sources (the indicators of the State Council's
 * efficacy evaluation, the annex of the national rating standard, laws) are in `texts/watch.yaml` and
 * `texts/issuing.yaml` under `watch.figure`.
 */
export type FigureDefinition =
  | { kind: 'count'; of: MeasureId }
  | { kind: 'share'; part: MeasureId; of: MeasureId }
  | { kind: 'sum-share'; part: SumId; of: SumId }
  | { kind: 'mean'; sum: SumId };

/** What is shown of a place and a time, each made of measures and sums: a count, a share, a mean. */
export const figures = {
  submitted: { kind: 'count', of: 'submitted' },
  closed: { kind: 'count', of: 'closed' },
  running: { kind: 'count', of: 'running' },
  open: { kind: 'count', of: 'open' },
  'late-running': { kind: 'count', of: 'late-running' },
  'overdue-running': { kind: 'count', of: 'overdue-running' },
  'on-time': { kind: 'share', part: 'on-time', of: 'decided' },
  'on-time-by-law': { kind: 'share', part: 'on-time-by-law', of: 'decided' },
  'used-days': { kind: 'mean', sum: 'usedDays' },
  'promised-days': { kind: 'mean', sum: 'promisedDays' },
  'statutory-days': { kind: 'mean', sum: 'statutoryDays' },
  'to-issue': { kind: 'count', of: 'to-issue' },
  'late-to-issue': { kind: 'count', of: 'late-to-issue' },
  'issue-days': { kind: 'mean', sum: 'issueUsedDays' },
  'issued-on-time': { kind: 'share', part: 'issued-on-time', of: 'issued' },
  visits: { kind: 'mean', sum: 'visits' },
  'no-more-than-one-visit': { kind: 'share', part: 'no-more-than-one-visit', of: 'closed' },
  'materials-asked': { kind: 'mean', sum: 'materialsAsked' },
  'materials-spared': { kind: 'sum-share', part: 'materialsSpared', of: 'materialsAsked' },
  returned: { kind: 'share', part: 'returned', of: 'submitted' },
  'deemed-accepted': {
    kind: 'share',
    part: 'deemed-accepted',
    of: 'submitted',
  },
  refused: { kind: 'share', part: 'refused', of: 'decided' },
  satisfaction: { kind: 'mean', sum: 'satisfaction' },
  'good-rating': { kind: 'share', part: 'good-rating', of: 'rated' },
  'bad-rating': { kind: 'share', part: 'bad-rating', of: 'rated' },
  participation: { kind: 'share', part: 'rated', of: 'closed' },
} as const satisfies Record<string, FigureDefinition>;

export type FigureId = keyof typeof figures;
/** Every figure, in the order of the table. */
export const figureIds = Object.keys(figures) as FigureId[];

/** Everything counted and added up for a whole, or for one row of a breakdown. */
export type Totals = Record<MeasureId, number> & { sum: Record<SumId, number> };

/** A figure with what it is made of. `value` is null when there is nothing to divide by. */
export type Figure = { id: FigureId; value: number | null; part: number; of: number };

/** A figure from totals. A share is 0 to 1; a mean is in its own unit; `of` is always how many it rests on. */
export function figureOf(totals: Totals, id: FigureId): Figure {
  const figure: FigureDefinition = figures[id];
  switch (figure.kind) {
    case 'count':
      return { id, value: totals[figure.of], part: totals[figure.of], of: totals[figure.of] };
    case 'share':
      return ratio(id, totals[figure.part], totals[figure.of]);
    case 'sum-share':
      return ratio(id, totals.sum[figure.part], totals.sum[figure.of]);
    case 'mean':
      return ratio(id, totals.sum[figure.sum], totals[sums[figure.sum].over]);
    default:
      return unknown(figure);
  }
}

/** Below this many a rate moves a lot by chance; pages say so. */
export const smallSample = 30;

/** What is behind a figure: the list a reader is led to. The troubling part of a rate, otherwise all it rests on. */
export function listBehind(id: FigureId): MeasureId {
  const troubling: Partial<Record<FigureId, MeasureId>> = {
    'on-time': 'late',
    'on-time-by-law': 'late-by-law',
    'issued-on-time': 'issued-late',
    'no-more-than-one-visit': 'more-visits',
  };
  const figure: FigureDefinition = figures[id];
  if (troubling[id]) return troubling[id];
  if (figure.kind === 'count') return figure.of;
  if (figure.kind === 'share') return figure.part;
  return sums[figure.kind === 'mean' ? figure.sum : figure.of].over;
}

function ratio(id: FigureId, part: number, of: number): Figure {
  return { id, value: of === 0 ? null : part / of, part, of };
}

function unknown(figure: never): never {
  throw new Error(`unknown figure ${JSON.stringify(figure)}`);
}
