import { realDay } from './day.ts';
import { checkCharacter112 } from './iso7064.ts';

/** Numbers of citizens (GB 11643), of residence permits for Hong Kong, Macao and Taiwan (81–83) and of foreigners with permanent residence (2023 form, first digit 9). */
const provinces = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(' '),
);

export type IdCardProblem =
  | 'id-card-fifteen'
  | 'id-card-length'
  | 'id-card-characters'
  | 'id-card-region'
  | 'id-card-date'
  | 'id-card-future'
  | 'id-card-check';

/**
 * What is wrong with an ID number (normalised: 18 characters, capital X), or undefined.
 * Divisions that no longer exist stay valid in old numbers, so only the province is looked at.
 */
export function idCardProblem(text: string, today: string): IdCardProblem | undefined {
  if (/^\d{15}$/.test(text)) return 'id-card-fifteen';
  if (text.length !== 18) return 'id-card-length';
  if (!/^\d{17}[\dX]$/.test(text)) return 'id-card-characters';
  if (!text.startsWith('9') && !provinces.has(text.slice(0, 2))) return 'id-card-region';
  const birth = dayIn(text);
  if (!realDay(birth) || birth < '1850-01-01') return 'id-card-date';
  if (birth > today) return 'id-card-future';
  return checkCharacter112(text.slice(0, 17)) === text.charAt(17) ? undefined : 'id-card-check';
}

/** The day of birth an ID number carries, or undefined when it is no ID number. */
export function birthDateOf(idCard: string): string | undefined {
  return idCardProblem(idCard, '9999-12-31') ? undefined : dayIn(idCard);
}

/** The sex an ID number carries: the last digit of its serial is odd for men. */
export function sexOf(idCard: string): 'male' | 'female' | undefined {
  if (idCardProblem(idCard, '9999-12-31')) return undefined;
  return Number(idCard.charAt(16)) % 2 === 1 ? 'male' : 'female';
}

function dayIn(idCard: string): string {
  return `${idCard.slice(6, 10)}-${idCard.slice(10, 12)}-${idCard.slice(12, 14)}`;
}
