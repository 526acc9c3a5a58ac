import type { Case } from '../../cases/door.ts';

/** The branch the page is about: the one asked for, else what this person is working on, could take, or decided. */
export function focusOf(
  { state }: Pick<Case, 'state'>,
  mine: string[],
  asked: string | undefined,
  me: string,
): string | undefined {
  if (asked !== undefined && state.branches[asked]) return asked;
  const status = (item: string) => state.branches[item]?.status;
  return (
    mine.find((item) => status(item) === 'claimed' && state.branches[item]?.claimedBy?.id === me) ??
    mine.find((item) => status(item) === 'open' || status(item) === 'to-issue') ??
    mine.find((item) => status(item) === 'claimed') ??
    mine[0]
  );
}
