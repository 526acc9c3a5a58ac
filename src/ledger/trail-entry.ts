/** What the trail (审计日志) says: who, when, from where, what, on whose data, with what outcome. Pure. */
export type TrailKind = 'sign-in' | 'sign-out' | 'act' | 'reading' | 'export' | 'power' | 'alarm';
export type TrailOutcome = 'done' | 'refused' | 'failed';
export type TrailWho = {
  kind: 'guest' | 'person' | 'staff' | 'client' | 'device' | 'system';
  /** Of the account; empty for a visitor nobody knows. */
  id: string;
};

export type TrailEntry = {
  region: string;
  at: Date;
  kind: TrailKind;
  /** Code of what was done or tried, e.g. `case.read`. */
  what: string;
  who: TrailWho;
  /** The network it came from, as `identity/network.ts` names it. */
  from: string;
  /** Id of the person whose data it was. */
  whose?: string;
  /** Case number, account id or other name of the thing. */
  about?: string;
  /** Why: a code, and after a colon what somebody wrote. Kept here and nowhere else, never in a log. */
  reason?: string;
  outcome: TrailOutcome;
  requestId?: string;
  /** Codes and numbers, never personal data. */
  detail?: Record<string, string | number | boolean>;
};

/** An entry as it is kept: `id` sorts by time. */
export type KeptEntry = TrailEntry & { id: string };

/** What is written of a reason at most, in characters. */
export const longestReason = 300;

/** The entry as a leaf of the log is a hash of it: a member that was not given is not there. */
export type TrailEvent = Omit<KeptEntry, 'at' | 'region' | 'id'> & { type: string; at: string };

/** Takes out what a database cannot hold, and cuts what is too long to be meant. */
export function tidyEntry(entry: TrailEntry): TrailEntry {
  const plain = (text: string | undefined, longest = 200) =>
    text?.replaceAll('\0', '').slice(0, longest).toWellFormed();
  const { what, who, from, whose, about, reason, requestId } = entry;
  return {
    ...entry,
    what: plain(what) ?? '',
    who: { ...who, id: plain(who.id) ?? '' },
    from: plain(from) ?? '',
    whose: plain(whose),
    about: plain(about),
    reason: plain(reason, longestReason),
    requestId: plain(requestId),
  };
}

/** The entry of what whoever runs the node does at the command line, where nobody signs in. */
export const byOperator = (
  region: string,
  at: Date,
  said: Pick<TrailEntry, 'kind' | 'what'> & Partial<TrailEntry>,
) => ({
  ...({ region, at, who: { kind: 'system', id: 'setup' }, from: 'command line', outcome: 'done' } as const),
  ...said,
});
