/** What other rooms may use of efficacy. */
export type { BranchLine, CaseList, Efficacy, Overview } from './efficacy.ts';
export { listSize, openEfficacy } from './efficacy.ts';
export type { Figure, FigureDefinition, FigureId, Totals } from './figures.ts';
export { figureIds, figureOf, figures, listBehind, smallSample } from './figures.ts';
export type { Filter } from './filter.ts';
export type { Feeds } from './listen.ts';
export type { MeasureId, Unit } from './measures.ts';
export { isMeasure, isNow, isOfIssuing, measureIds, measures } from './measures.ts';
export type { CaseNews, RatingNews } from './news.ts';
export type { Breakdown, ListedBranch, ListedCase, Slice } from './store-figures.ts';
