/** What other rooms may use of rights. */
export type { Assessment } from './assessment.ts';
export { AssessmentShape, loadAssessments } from './assessment.ts';
export type { Verdict } from './erasable.ts';
export type { Correctable, Erased, Outcome, Request, RequestKind, Wish } from './request.ts';
export { correctable, requestKinds } from './request.ts';
export type { NoteIn, Rights, WholeRequest } from './rights.ts';
export { openRights } from './rights.ts';
export { readAnswers } from './store.ts';
