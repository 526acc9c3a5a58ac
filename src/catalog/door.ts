/** What other rooms may use: what can be done here, and what each of it asks for. */
export type { Catalog, CatalogNeeds } from './catalog.ts';
export { catalogOf, openCatalog } from './catalog.ts';
export type { Line } from './difference.ts';
export { runImport } from './import-run.ts';
export type { Citation } from './laws.ts';
export { loadLaws } from './laws.ts';
export type { Folders } from './load.ts';
export type {
  Basis,
  Bundle,
  Item,
  ItemMaterial,
  Pinned,
  ResultSpec,
  Situation,
  SituationQuestion,
  Subject,
} from './model.ts';
export type { Judged, OpenProposal, Proposal, Proposals, Standing } from './proposals.ts';
export { openProposals } from './proposals.ts';
export type { Hit } from './search.ts';
export type { Published, Shelf } from './shelf.ts';
export { shelve } from './shelf.ts';
export type { Newest } from './store-proposals.ts';
export type { AskedElement, AskedQuestion, Task, TaskList } from './tasks.ts';
