/** Numbers of telephones and bank cards. */

/** A mobile or landline number, or one of the short public lines. */
export function phoneValid(text: string): boolean {
  return /^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|400-?\d{3}-?\d{4}|12345)$/.test(text);
}

/** Whether the last digit of a card number fits the others (Luhn, GB/T 17552). */
export function luhnValid(digits: string): boolean {
  if (!/^\d{2,}$/.test(digits)) return false;
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits.charAt(digits.length - 1 - place));
    const doubled = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
    sum += place % 2 === 0 ? digit : doubled;
  }
  return sum % 10 === 0;
}
