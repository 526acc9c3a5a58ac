import type { FieldProblem } from '../platform/door.ts';
import { creditCodeProblem } from './credit-code.ts';
import { realDay } from './day.ts';
import { idCardProblem } from './id-card.ts';
import type { Element } from './model.ts';
import { luhnValid, phoneValid } from './numbers.ts';

/** A code of `texts/fields.yaml` and what its text names; never what was typed. */
type Found = { code: string; params?: Record<string, string | number> };

/**
 * What is wrong with a normalised value, or undefined. The problem names the element in both languages (`name`,
 * `nameEn`), so that its text reads well in a list away from its field. Every text is plain text: HTML or SQL in it
 * is nothing wrong, it is escaped where it is shown and bound where it is stored.
 */
export function check(
  element: Element,
  value: string,
  context: { today: string; optional?: boolean },
): FieldProblem | undefined {
  const found = value === '' ? missing(element, context.optional) : wrong(element, value, context.today);
  if (!found) return undefined;
  const names = { name: element.name.zh, nameEn: element.name.en };
  return { field: element.id, code: found.code, params: { ...names, ...found.params } };
}

/** How many characters a person counts in a text: rare characters that take two code units are one. */
export function countCharacters(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) if ((text.charCodeAt(at) & 0xfc00) !== 0xdc00) count++;
  return count;
}

/** The longest value an element takes. */
export function maxLengthOf(element: Element): number {
  return element.maxLength ?? (element.type === 'person-name' ? 50 : 200);
}

function missing(element: Element, optional?: boolean): Found | undefined {
  if (optional ?? element.optional) return undefined;
  return { code: element.type === 'choice' || element.type === 'yes-no' ? 'required-choice' : 'required' };
}

function wrong(element: Element, value: string, today: string): Found | undefined {
  const typed = countCharacters(value);
  const max = maxLengthOf(element);
  if (typed > max) return { code: 'too-long', params: { typed, max } };
  const found = byType(element, value, today, typed);
  if (found) return found;
  if (element.pattern && !patternOf(element.pattern).test(value)) return { code: 'pattern' };
  return undefined;
}

function byType(element: Element, value: string, today: string, typed: number): Found | undefined {
  switch (element.type) {
    case 'date':
      return dateProblem(value, element.when ?? 'any', today);
    case 'number':
      return numberProblem(element, value);
    case 'choice':
      return element.options?.some((option) => option.value === value) ? undefined : { code: 'choice-unknown' };
    case 'yes-no':
      return value === 'yes' || value === 'no' ? undefined : { code: 'choice-unknown' };
    case 'id-card':
      return as(idCardProblem(value, today), { typed });
    case 'credit-code':
      return as(creditCodeProblem(value), { typed });
    case 'bank-card':
      if (!/^\d{16,19}$/.test(value)) return { code: 'bank-card-format', params: { typed } };
      return luhnValid(value) ? undefined : { code: 'bank-card-check' };
    case 'phone':
      return phoneValid(value) ? undefined : { code: 'phone-format' };
    case 'person-name':
      return nameProblem(value, typed);
    case 'division':
      return /^\d{12}$/.test(value) ? undefined : { code: 'division-format' };
    default:
      return undefined;
  }
}

function as(code: string | undefined, params: Record<string, number>): Found | undefined {
  return code ? { code, params } : undefined;
}

function dateProblem(
  value: string,
  when: 'past-or-today' | 'future-or-today' | 'any',
  today: string,
): Found | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return { code: 'date-format' };
  if (!realDay(value)) return { code: 'date-impossible' };
  if (value < '1850-01-01' || value > '2999-12-31') return { code: 'date-far' };
  if (when === 'past-or-today' && value > today) return { code: 'date-future' };
  if (when === 'future-or-today' && value < today) return { code: 'date-past' };
  return undefined;
}

function numberProblem({ min, max }: Element, value: string): Found | undefined {
  if (!/^-?\d{1,15}(\.\d{1,6})?$/.test(value)) return { code: 'number-format' };
  if (min !== undefined && Number(value) < min) return { code: 'number-small', params: { min } };
  if (max !== undefined && Number(value) > max) return { code: 'number-large', params: { max } };
  return undefined;
}

/** Letters of any script (rare characters are in planes beyond the first), the dot of transcribed names, and what Latin names need. */
function nameProblem(value: string, typed: number): Found | undefined {
  if (!/^[\p{L}\p{M}\p{Script=Han}·.'’ -]+$/u.test(value)) return { code: 'name-characters' };
  return typed < 2 ? { code: 'name-short' } : undefined;
}

const patterns = new Map<string, RegExp>();

/** An element's pattern holds for the whole value. */
function patternOf(source: string): RegExp {
  const known = patterns.get(source);
  if (known) return known;
  const made = new RegExp(`^(?:${source})$`, 'u');
  patterns.set(source, made);
  return made;
}
