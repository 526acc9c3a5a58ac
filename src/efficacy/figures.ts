import { type MeasureId, type SumId, sums } from './measures.ts';

/**
 * The figures, each defined once. Their names and formulas in words are in `texts/watch.yaml` under `watch.figure`.
 * `source` is where the definition comes from: the indicators of the State Council's efficacy evaluation and the
 * annex of the national rating standard.
 */
export type FigureDefinition = { source: string } & (
  | { kind: 'count'; of: MeasureId }
  | { kind: 'share'; part: MeasureId; of: MeasureId }
  | { kind: 'sum-share'; part: SumId; of: SumId }
  | { kind: 'mean'; sum: SumId }
);

export const figures = {
  submitted: { kind: 'count', of: 'submitted', source: '收件量' },
  closed: { kind: 'count', of: 'closed', source: '办结量' },
  running: { kind: 'count', of: 'running', source: '在办量' },
  open: { kind: 'count', of: 'open', source: '在办量（事项）' },
  'late-running': { kind: 'count', of: 'late-running', source: 'A3 按时办结' },
  'overdue-running': { kind: 'count', of: 'overdue-running', source: 'A3 按时办结' },
  'on-time': { kind: 'share', part: 'on-time', of: 'decided', source: 'A3 按时办结率（承诺时限）' },
  'on-time-by-law': { kind: 'share', part: 'on-time-by-law', of: 'decided', source: 'A3 按时办结率（法定时限）' },
  'used-days': { kind: 'mean', sum: 'usedDays', source: 'A2 实际用时' },
  'promised-days': { kind: 'mean', sum: 'promisedDays', source: 'A1 承诺时限' },
  'statutory-days': { kind: 'mean', sum: 'statutoryDays', source: 'A1 法定时限' },
  'to-issue': { kind: 'count', of: 'to-issue', source: '行政许可法第四十四条 送达期限' },
  'late-to-issue': { kind: 'count', of: 'late-to-issue', source: '行政许可法第四十四条 送达期限' },
  'issue-days': { kind: 'mean', sum: 'issueUsedDays', source: '行政许可法第四十四条 送达期限' },
  'issued-on-time': { kind: 'share', part: 'issued-on-time', of: 'issued', source: '行政许可法第四十四条 送达期限' },
  visits: { kind: 'mean', sum: 'visits', source: 'A4 平均跑动次数' },
  'no-more-than-one-visit': { kind: 'share', part: 'no-more-than-one-visit', of: 'closed', source: 'A4 最多跑一次率' },
  'materials-asked': { kind: 'mean', sum: 'materialsAsked', source: 'A5 平均材料数' },
  'materials-spared': { kind: 'sum-share', part: 'materialsSpared', of: 'materialsAsked', source: 'A5 材料免交率' },
  returned: { kind: 'share', part: 'returned', of: 'submitted', source: 'A7 补正率' },
  'deemed-accepted': {
    kind: 'share',
    part: 'deemed-accepted',
    of: 'submitted',
    source: '行政许可法第三十二条 逾期不告知视为受理',
  },
  refused: { kind: 'share', part: 'refused', of: 'decided', source: '不予许可率' },
  satisfaction: { kind: 'mean', sum: 'satisfaction', source: 'GB/T 39735-2020 附录B 综合满意度' },
  'good-rating': { kind: 'share', part: 'good-rating', of: 'rated', source: 'GB/T 39735-2020 附录B 好评率' },
  'bad-rating': { kind: 'share', part: 'bad-rating', of: 'rated', source: 'GB/T 39735-2020 附录B 差评率' },
  participation: { kind: 'share', part: 'rated', of: 'closed', source: 'GB/T 39735-2020 附录B 参评率' },
} as const satisfies Record<string, FigureDefinition>;

export type FigureId = keyof typeof figures;
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
