/** What other rooms may use of the ledger. */
export { runLedger, verifyFolder } from './command.ts';
export type { Act, ActKey, Entry } from './entry.ts';
export { loadKeys, makeKeys } from './key-file.ts';
export type { Ledger } from './ledger.ts';
export { openLedger } from './ledger.ts';
export type { ProofDocument, ProvenAct } from './proof.ts';
export { checkProof, tlogProof } from './proof.ts';
export type { TrailAct } from './store-trail.ts';
export { readTrail } from './store-trail.ts';
export type { Trail } from './trail.ts';
export { openTrail } from './trail.ts';
export type { TrailEntry, TrailKind, TrailOutcome, TrailWho } from './trail-entry.ts';
export { longestReason } from './trail-entry.ts';
export type { Difference, StoredAct, Verdict } from './verify.ts';
export type { KnownLog } from './witness.ts';
export { knownLogs } from './witnessing.ts';
