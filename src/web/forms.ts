import type { FastifyRequest } from 'fastify';
import { countCharacters } from '../elements/door.ts';
import { type FieldProblem, Problem, type Text } from '../platform/door.ts';
import type { SummaryError } from './components/error-summary/error-summary.tsx';
import type { View } from './view.ts';

/**
 * For routes of forms with text: 10 MB of Chinese are three times that on the way. So what is too long is answered beside its
 * field and the rest of the page is kept, instead of a page that knows nothing. What is written there is kept as well when
 * the session has ended meanwhile (`send-again.tsx`). Never for a route that is open to visitors.
 */
export const longForm = { bodyLimit: 34 * 1024 * 1024 };

/** What was sent: field name to text. */
export type Form = Record<string, string>;
/** What is wrong, in words: field name to message. */
export type Wrong = Record<string, string>;

/** The fields of a posted form. Where a name came twice the last one counts. */
export const formOf = (request: FastifyRequest): Form => textsOf(request.body);
/** The fields of the address. */
export const queryOf = (request: FastifyRequest): Form => textsOf(request.query);
/** One part of the address, e.g. the case number. */
export const paramOf = (request: FastifyRequest, name: string): string => textsOf(request.params)[name] ?? '';

/** All values of one name, e.g. of checkboxes. */
export function listOf(request: FastifyRequest, name: string): string[] {
  const body = (request.body ?? {}) as Record<string, unknown>;
  return [body[name]].flat().filter((value) => typeof value === 'string');
}

/** Problems of single fields, and of fields against each other, as messages; the first one of a field counts. */
export function wrongOf(
  view: View,
  problems: FieldProblem[],
  together: { field: string; message: Text }[] = [],
): Wrong {
  const wrong: Wrong = {};
  for (const { field, code, params } of problems)
    wrong[field] ??= view.say(`field.${code}`, { ...named(calledOf(view, field)), ...params });
  for (const { field, message } of together) wrong[field] ??= message[view.lang];
  return wrong;
}

/** The lines of the error summary, in the order of the fields on the page. */
export function summaryOf(wrong: Wrong, order: string[] = Object.keys(wrong)): SummaryError[] {
  return order.flatMap((field) => {
    const message = wrong[field];
    return message ? [{ field, message }] : [];
  });
}

/** Fields people write in that are no data elements. Several of one kind go on, e.g. `why-photo`, `r_number`. */
const ownWords = [
  'reason',
  'comment',
  'words',
  'value',
  'why',
  'what',
  'r',
  'note',
  'remark',
  'name',
  'phone',
  'address',
] as const;
export type OwnWords = (typeof ownWords)[number];

/** Which kind of own words a field is for, or nothing. */
export const ownWordsOf = (field: string): OwnWords | undefined =>
  ownWords.find((kind) => kind === field.split(/[-_]/, 1)[0]);

/** What a field for own words is called where it is not on the page, or where several are told of at once. */
export function calledOf({ say }: Pick<View, 'say'>, field: string): string | undefined {
  const kind = ownWordsOf(field);
  return kind && say(`field.of.${kind}`);
}

/** A name as messages about a field take it; whoever reads it reads one language. */
export const named = (name = ''): Record<string, string> => ({ name, nameEn: name });

/** Fields for own words that are longer than their kind may be, in characters: refused beside the field, never cut. */
export function longerThan(most: Partial<Record<OwnWords, number>>, form: Form): FieldProblem[] {
  return Object.entries(form).flatMap(([field, text]): FieldProblem[] => {
    const kind = ownWordsOf(field);
    const max = kind && most[kind];
    if (max === undefined) return [];
    const typed = countCharacters(text.trim());
    return typed > max ? [{ field, code: 'too-long', params: { typed, max } }] : [];
  });
}

/** What is wrong with a form that was refused; anything else that was thrown goes on to where errors are answered. */
export function flawsIn(error: unknown): FieldProblem[] {
  if (error instanceof Problem && error.code === 'form-invalid') return error.fields;
  throw error;
}

/** Throws `form-invalid` with every field for own words that is too long. */
export function refuseTooLong(most: Partial<Record<OwnWords, number>>, form: Form): void {
  const problems = longerThan(most, form);
  if (problems.length > 0) throw new Problem('form-invalid', {}, problems);
}

/** What is kept of a text that is far too long, so that the page stays a page. */
const keptOnPage = 5000;

/** What goes back into the fields, and to how many characters texts were cut when one was. */
export type Kept = { typed: Form; cut?: number };
/** What goes back into the fields: as typed, except that of a text without end only the beginning is kept. */
export function shortened(form: Form): Kept {
  const fields = Object.entries(form);
  const typed = Object.fromEntries(fields.map(([name, text]) => [name, text.slice(0, keptOnPage).toWellFormed()]));
  return { typed, cut: fields.some(([, text]) => text.length > keptOnPage) ? keptOnPage : undefined };
}

/** A path of this site to go on to; anything that could lead elsewhere is replaced. */
export function safeNext(next: string | undefined, otherwise: string): string {
  if (!next || !/^\/(?![/\\])/.test(next)) return otherwise;
  const base = 'http://localhost';
  if (!URL.canParse(next, base)) return otherwise;
  const url = new URL(next, base);
  return url.origin === base && url.pathname.startsWith('/') && !url.pathname.startsWith('//')
    ? url.pathname + url.search
    : otherwise;
}

function textsOf(source: unknown): Form {
  if (!source || typeof source !== 'object') return {};
  const fields = Object.entries(source).flatMap(([name, value]) => {
    const last: unknown = Array.isArray(value) ? value.at(-1) : value;
    return typeof last === 'string' ? [[name, last] as const] : [];
  });
  return Object.fromEntries(fields);
}
