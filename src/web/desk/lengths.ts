/**
 * The longest texts of an act at the desk, in characters, by the kind of the field (`r` is a result); the interface takes as
 * much. What is longer is refused beside its field, never cut.
 */
export const longest = { reason: 1000, r: 500, what: 200, why: 500 } as const;
