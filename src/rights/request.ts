import { Problem } from '../platform/door.ts';
import type { Verdict } from './erasable.ts';

/** What people may ask about their own data (个人信息保护法 art. 24, 46-48). Pure. */
export const requestKinds = ['correct', 'delete', 'explain'] as const;
export type RequestKind = (typeof requestKinds)[number];
/** What of a person only a counter corrects, with the document on the table. */
export const correctable = ['name', 'idCard'] as const;
export type Correctable = (typeof correctable)[number];

export type Wish = {
  /** In the person's own words. */
  words: string;
  /** To correct: what, and what it should say. */
  field?: Correctable;
  value?: string;
};
export type Outcome = 'done' | 'refused';
/** A case that is not erased, and why. */
export type Kept = { number: string } & Extract<Verdict, { may: 'no' }>;
/** What of a request to delete was erased, and what is kept and why. */
export type Erased = { drafts: number; cases: string[]; kept: Kept[] };
export type Answer = { outcome: Outcome; reason: string; at: string; agency: string; erased?: Erased | null };
export type Request = {
  region: string;
  id: string;
  person: string;
  division: string;
  kind: RequestKind;
  about: string | null;
  at: string;
  /** Day by which it is to be answered. */
  due: string;
  answer: Answer | null;
};

/** The day so many calendar days after another. */
export function daysAfter(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** A wish in one spelling; throws `form-invalid` with everything that is missing. */
export function tidyWish(kind: RequestKind, { words, field, value }: Wish): Wish {
  const said = words.trim();
  const wanted = value?.trim();
  const fields = [
    ...(kind === 'correct' && (!field || !correctable.includes(field))
      ? [{ field: 'field', code: 'rights-field' }]
      : []),
    ...(kind === 'correct' && !wanted ? [{ field: 'value', code: 'rights-value' }] : []),
    ...([...said].length < 2 ? [{ field: 'words', code: 'rights-words' }] : []),
  ];
  if (fields.length > 0) throw new Problem('form-invalid', {}, fields);
  return kind === 'correct' ? { words: said, field, value: wanted } : { words: said };
}
