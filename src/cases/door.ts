/** What other rooms may use of cases. */
export { branchResource, caseResource } from './act.ts';
export { allowedNow, allowedOnBranch } from './allowed.ts';
export { answerDaysOf } from './answer-due.ts';
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
  CommandType,
  GivenCommand as Command,
  MissingThing,
  PlannedBranch,
  ResultValue,
  Who,
} from './case.ts';
export { branchStatuses, caseStatuses, channels } from './case.ts';
export type { Cases, GivenRequest as ActRequest } from './cases.ts';
export { openCases } from './cases.ts';
export type { ConsentAs } from './consent.ts';
export { consentElements, consentsAs, consentText } from './consent.ts';
export type { GivenConsent } from './consents.ts';
export { otherPaper } from './correcting.ts';
export { isReceiver } from './decide.ts';
export type { Draft, Drafts } from './drafts.ts';
export type { ErasingIn } from './erasing.ts';
export { fold } from './evolve.ts';
export type { Files, StoredFile } from './files.ts';
export { largestFile } from './files.ts';
export { hadAPartIn } from './issuing.ts';
export { isCaseNumber, spokenNumber, tidyNumber } from './number.ts';
export type { Application, Checked, Prepared, TogetherProblem } from './prepare.ts';
export { checkAnswers, NotComplete, pinnedIn, prepare } from './prepare.ts';
export { openScanner } from './scanner.ts';
export type { CaseFile } from './store.ts';
export type { FeedEvent } from './store-feed.ts';
export { readConsents, readErasures, readFeed, readStored } from './store-feed.ts';
export type { HoldRow } from './store-holds.ts';
export type { BranchRow, CaseRow, Lists } from './store-lists.ts';
export type { DeskCounts, InboxDays, InboxView } from './store-lists-desk.ts';
export { countLimit } from './store-lists-desk.ts';
export type { ErasureStanding } from './store-retention.ts';
export type { SubmitRequest } from './submit.ts';
export type { Sight } from './visible.ts';
export { namesApplicant, needsOf, sightOf } from './visible.ts';
