/**
 * Codes of divisions (统计用区划): twelve digits, province 2, city 2, county 2, township 3, village 3, the rest zero.
 * A division covers another when the other's code starts with the digits that are its own.
 */
export type Level = 1 | 2 | 3 | 4 | 5;
export type Division = { code: string; name: string; level: Level; parent: string };

/** The code above every province. */
export const country = '000000000000';

const digits: Record<Level, number> = { 1: 2, 2: 4, 3: 6, 4: 9, 5: 12 };
const levels: Level[] = [1, 2, 3, 4, 5];

/**
 * The level a code speaks of: the highest whose digits say it all. 东莞 (441900000000) is a city by its code although
 * it is also its own only county.
 */
export function levelOf(code: string): Level {
  return levels.find((level) => /^0*$/.test(code.slice(digits[level]))) ?? 5;
}

/** The digits that are a division's own; everything it covers starts with them. */
export function prefixOf(code: string): string {
  return code.slice(0, digits[levelOf(code)]);
}

/** Whether powers over `division` reach `other`. A code that is not twelve digits covers nothing and is not covered. */
export function covers(division: string, other: string): boolean {
  return isDivisionCode(division) && isDivisionCode(other) && other.startsWith(prefixOf(division));
}

/** Twelve digits of an existing province or below; the country itself is nobody's to cover. */
export function isDivisionCode(code: string): boolean {
  return /^\d{12}$/.test(code) && !code.startsWith('00');
}

/** `360121` → `360121000000`. */
export function padCode(code: string): string {
  return code.padEnd(12, '0');
}
