import type { FieldProblem } from '../platform/door.ts';
import { belongsTo, isLevel, type Level } from './codes.ts';

/** What a person sends. The level may be missing: there is none unless they choose one. */
export type Wish = { level?: unknown; codes?: readonly string[]; comment?: string };
export type Opinion = { level: Level; codes: string[]; comment: string };

/** Characters; longer than anybody writes on a phone. */
export const longestComment = 500;

/** The opinion in a wish, or everything that is wrong with it at once. Pure. */
export function opinionOf(wish: Wish): { opinion: Opinion } | { problems: FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const level = isLevel(wish.level) ? wish.level : undefined;
  const codes = [...new Set(wish.codes ?? [])];
  const comment = (wish.comment ?? '').replaceAll('\r\n', '\n').trim();
  if (!level) problems.push({ field: 'level', code: 'rating-level' });
  else if (!codes.every((code) => belongsTo(level, code))) problems.push({ field: 'codes', code: 'rating-codes' });
  const typed = [...comment].length;
  if (typed > longestComment) {
    problems.push({ field: 'comment', code: 'rating-comment', params: { max: longestComment, typed } });
  }
  return level && problems.length === 0 ? { opinion: { level, codes: codes.sort(), comment } } : { problems };
}
