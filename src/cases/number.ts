import { checkCharacter3736 } from '../elements/door.ts';

/**
 * A case number (办件编号, GB/T 39046 an..50): receiving division 12, last 4 of the agency's credit code, date 8,
 * serial 6, and one check character (ISO 7064 MOD 37,36), so that a number misread at a counter is noticed.
 *
 * @param day    YYYY-MM-DD
 * @param serial 0 … 999999
 */
export function caseNumber(division: string, creditCode: string, day: string, serial: number): string {
  const body = `${division}${creditCode.slice(-4)}${day.replaceAll('-', '')}${String(serial).padStart(6, '0')}`;
  return body + checkCharacter3736(body);
}

/** Whether a text is a case number with the right check character. Spaces and lower case are forgiven. */
export function isCaseNumber(text: string): boolean {
  const number = tidyNumber(text);
  return (
    /^\d{12}[0-9A-Z]{4}\d{14}[0-9A-Z]$/.test(number) && checkCharacter3736(number.slice(0, -1)) === number.slice(-1)
  );
}

/** A number as typed by a person, without spaces and in capitals. */
export function tidyNumber(text: string): string {
  return text.replace(/[\s·-]/g, '').toUpperCase();
}

/** The number in groups a person can read out: division, agency, date, serial and check character. */
export function spokenNumber(number: string): string {
  return [number.slice(0, 6), number.slice(6, 12), number.slice(12, 16), number.slice(16, 24), number.slice(24)].join(
    ' ',
  );
}
