import { normaliseDay } from './day.ts';
import type { Element } from './model.ts';

/**
 * What somebody typed, made into the one form we keep. People type full-width digits, spaces in numbers, a small x,
 * `2026年1月2日`: all of that is right and is only written differently.
 */
export function normalise(element: Pick<Element, 'type'>, raw: string): string {
  const text = clean(raw);
  switch (element.type) {
    case 'long-text':
      return text.trim();
    case 'id-card':
    case 'credit-code':
      return halfWidth(text).replace(/[\s-]/g, '').toUpperCase();
    case 'bank-card':
    case 'division':
      return halfWidth(text).replace(/[\s-]/g, '');
    case 'phone':
      return normalisePhone(halfWidth(text).replace(/\s/g, ''));
    case 'date':
      return normaliseDay(halfWidth(text).replace(/\s/g, ''));
    case 'number':
      return halfWidth(text).replace(/[\s,]/g, '');
    case 'person-name':
      return normaliseName(oneLine(text));
    default:
      return oneLine(text);
  }
}

/**
 * Without the control characters and broken surrogates no file and no database can hold, and without signs that turn
 * the direction of what follows, so that it reads as something else than it is; line ends as \n.
 */
function clean(raw: string): string {
  return raw
    .toWellFormed()
    .replaceAll('\r\n', '\n')
    .replace(/[^\P{Cc}\n\t]|[\u200b\ufeff\u202a-\u202e\u2066-\u2069]/gu, '');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Full-width forms of ASCII and the wide space, as Chinese keyboards type them. */
function halfWidth(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replaceAll('\u3000', ' ');
}

function normalisePhone(text: string): string {
  const mobile = text.replaceAll('-', '').replace(/^(\+|00)?86(?=1\d{10}$)/, '');
  return /^1\d{10}$/.test(mobile) ? mobile : text;
}

/** Between Chinese characters a space is decoration (张　三); the dot in names like 阿卜杜·热合曼 has one form. */
function normaliseName(text: string): string {
  return text.replace(/\s*[•‧∙⋅・･．]\s*/g, '·').replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '');
}
