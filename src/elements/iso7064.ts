/**
 * Check characters of ISO 7064. Pure systems (MOD 11-2) protect ID numbers; the hybrid MOD 37,36 protects identifiers
 * of electronic licences (GB/T 36904) and our case numbers. Both catch every single wrong character.
 */
const alphanumeric = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The MOD 11-2 check character of a string of digits. */
export function checkCharacter112(digits: string): string {
  let sum = 0;
  for (const digit of digits) sum = ((sum + Number(digit)) * 2) % 11;
  return '0123456789X'.charAt((12 - sum) % 11);
}

/** The MOD 37,36 check character of a text of digits and capital letters, or undefined when it holds anything else. */
export function checkCharacter3736(text: string): string | undefined {
  let product = 36;
  for (const character of text) {
    const value = alphanumeric.indexOf(character);
    if (value < 0) return undefined;
    const sum = (product + value) % 36 || 36;
    product = (sum * 2) % 37;
  }
  return alphanumeric.charAt((37 - product) % 36);
}
