/**
 * The one error of the house. A room throws `new Problem(code, params)`; only `platform/http` turns it into a
 * status, a page or an RFC 9457 problem document. The words a person reads are in `texts/problems.yaml` under
 * `problem.<code>.title` (what happened) and `problem.<code>.advice` (what was kept and what to do next).
 */
export type ProblemKind = 'invalid' | 'refused' | 'forbidden' | 'not-found' | 'conflict' | 'too-many' | 'unavailable';

/** Every problem there is, and its kind. The words are in `texts/problems.yaml`. */
export const problems = {
  // what was sent
  'form-invalid': 'invalid',
  'form-too-large': 'invalid',
  'form-too-many-fields': 'invalid',
  'file-too-large': 'invalid',
  'file-type-mismatch': 'invalid',
  'file-type-not-allowed': 'invalid',
  'file-missing': 'invalid',
  'file-damaged': 'invalid',
  'file-too-many-pixels': 'invalid',
  'file-moving': 'invalid',
  'file-locked': 'invalid',
  'file-active': 'invalid',
  'file-bomb': 'invalid',
  'file-infected': 'invalid',
  'file-not-scanned': 'unavailable',
  'page-expired': 'forbidden',
  'reveal-first': 'forbidden',
  // who asks
  'sign-in-required': 'forbidden',
  'not-allowed': 'forbidden',
  'sign-in-failed': 'forbidden',
  'confirm-first': 'forbidden',
  'second-step-required': 'forbidden',
  'second-step-missing': 'forbidden',
  'kiosk-not-for-staff': 'forbidden',
  'client-unknown': 'forbidden',
  'token-unknown': 'forbidden',
  'scope-unknown': 'invalid',
  'provider-denied': 'forbidden',
  'provider-answer-wrong': 'forbidden',
  'provider-level-low': 'forbidden',
  'provider-claims-wrong': 'refused',
  'provider-link-conflict': 'conflict',
  'not-for-organisations': 'refused',
  'provider-unavailable': 'unavailable',
  'too-many-requests': 'too-many',
  // what is asked for
  'not-found': 'not-found',
  'case-not-found': 'not-found',
  'item-not-found': 'not-found',
  'bundle-not-found': 'not-found',
  'draft-not-found': 'not-found',
  'proposal-not-found': 'not-found',
  // what the case allows
  'action-not-possible': 'refused',
  'already-returned-once': 'refused',
  'missing-list-empty': 'refused',
  'reason-required': 'refused',
  'branch-not-found': 'not-found',
  'branch-waiting': 'refused',
  'branch-taken': 'conflict',
  'branch-not-yours': 'refused',
  'branch-already-decided': 'conflict',
  'branch-stopped': 'conflict',
  'results-missing': 'refused',
  'received-by-you': 'refused',
  'nothing-to-issue': 'conflict',
  'issued-by-another': 'refused',
  'refusal-needs-a-person': 'refused',
  'account-not-found': 'not-found',
  'client-not-found': 'not-found',
  'device-not-found': 'not-found',
  'power-own': 'refused',
  'not-on-the-spot': 'refused',
  'answer-not-overdue': 'refused',
  'changed-meanwhile': 'conflict',
  'command-id-taken': 'conflict',
  'proposal-stale': 'conflict',
  'proposal-decided': 'conflict',
  'proposal-wrong': 'conflict',
  'nothing-to-do': 'refused',
  'own-account': 'refused',
  'last-administrator': 'refused',
  'start-code-apart': 'refused',
  'not-erasable': 'refused',
  'already-rated': 'refused',
  'not-yet-rateable': 'refused',
  // the machine
  unavailable: 'unavailable',
  internal: 'unavailable',
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof problems;

/** One thing wrong with one field; `code` is a key `field.<code>` of `texts/problems.yaml`. */
export type FieldProblem = { field: string; code: string; params?: Record<string, string | number> };

/** Something that is not done, by its code; `fields` has everything that is wrong with what was sent, all at once. */
export class Problem extends Error {
  readonly kind: ProblemKind;

  /**
   * @param code   which problem
   * @param params values its text names; never a person's data
   * @param fields what is wrong with each field, all at once
   */
  constructor(
    readonly code: ProblemCode,
    readonly params: Record<string, string | number> = {},
    readonly fields: FieldProblem[] = [],
  ) {
    super(code);
    this.name = 'Problem';
    this.kind = problems[code];
  }
}
