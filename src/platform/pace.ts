/**
 * How often something may be done: a bucket that fills with every go and drains by the minute. Pure; the moment is given.
 */
export type Pace = {
  /** Goes at once, after a rest. */
  burst: number;
  /** Goes a minute, for ever. */
  perMinute: number;
};
export type Bucket = { level: number; at: number };

/** The bucket as it stands at a moment, in milliseconds. */
function drained(bucket: Bucket | undefined, { perMinute }: Pace, at: number): Bucket {
  if (!bucket) return { level: 0, at };
  const since = Math.max(0, at - bucket.at);
  return { level: Math.max(0, bucket.level - (since / 60_000) * perMinute), at: Math.max(at, bucket.at) };
}

/** Whole seconds until there is room for one more go; 0 when there is. */
export function waitFor(bucket: Bucket | undefined, pace: Pace, at: number): number {
  const over = drained(bucket, pace, at).level + 1 - pace.burst;
  return over <= 0 ? 0 : Math.max(1, Math.ceil((over / pace.perMinute) * 60));
}

/** The bucket after one more go. */
export function taken(bucket: Bucket | undefined, pace: Pace, at: number): Bucket {
  const now = drained(bucket, pace, at);
  return { level: now.level + 1, at: now.at };
}

/** Whether nothing is left in it, so that it may be forgotten. */
export const isEmpty = (bucket: Bucket, pace: Pace, at: number): boolean => drained(bucket, pace, at).level === 0;
