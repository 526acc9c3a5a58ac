import type { Catalog } from '../catalog/door.ts';
import type { Elements } from '../elements/door.ts';
import type { Identity } from '../identity/door.ts';
import type { Calendar, Db, IdSource } from '../platform/door.ts';
import { openAct } from './act.ts';
import { openDrafts } from './drafts.ts';
import { openFiles } from './files.ts';
import { openLists } from './lists.ts';
import { openReading } from './reading.ts';
import { openSubmit } from './submit.ts';

export type { ActRequest } from './act.ts';
export { caseResource } from './act.ts';
export { allowedNow, allowedOnBranch } from './allowed.ts';
export type {
  BranchState,
  BranchStatus,
  Case,
  CaseEvent,
  CaseMaterial,
  CasePlan,
  CaseState,
  CaseStatus,
  Channel,
  Command,
  CommandType,
  MissingThing,
  PlannedBranch,
  ResultValue,
  Who,
} from './case.ts';
export { branchStatuses, caseStatuses } from './case.ts';
export { answerDays } from './decide.ts';
export type { Draft, Drafts } from './drafts.ts';
export { fold } from './evolve.ts';
export type { FeedEvent } from './feed.ts';
export { readFeed } from './feed.ts';
export type { Files, StoredFile } from './files.ts';
export { largestFile } from './files.ts';
export type { BranchRow, CaseRow, InboxView, Lists, Page } from './lists.ts';
export { countLimit, pageSize } from './lists.ts';
export { isCaseNumber, spokenNumber, tidyNumber } from './number.ts';
export type { CaseFile } from './store.ts';
export type { Application, SubmitRequest, TogetherProblem } from './submit.ts';
export { NotComplete } from './submit.ts';
export { readable, readableMaterials, readsAll, readsResults } from './visible.ts';

export type Cases = ReturnType<typeof openCases>;

/** Opens the room: everything that may be done with drafts, cases and their files. */
export function openCases(needs: {
  db: Db;
  ids: IdSource;
  calendar: () => Calendar;
  catalog: Catalog;
  elements: Elements;
  identity: Identity;
  /** Folder of uploaded files. */
  folder: string;
}) {
  return {
    act: openAct(needs.db, needs.calendar),
    submit: openSubmit(needs),
    drafts: openDrafts(needs.db, needs.ids),
    files: openFiles(needs.db, needs.ids, needs.folder),
    lists: openLists(needs.db),
    ...openReading(needs.db),
  };
}
