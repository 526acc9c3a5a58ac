/** Codes of organisations: the unified social credit code (GB 32100) and the organisation code inside it (GB 11714). */
const characters = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const alphanumeric = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];

export type CreditCodeProblem = 'credit-code-length' | 'credit-code-characters' | 'credit-code-check';

/** What is wrong with a unified social credit code (normalised: 18 characters, capitals), or undefined. */
export function creditCodeProblem(code: string): CreditCodeProblem | undefined {
  if (code.length !== 18) return 'credit-code-length';
  let sum = 0;
  let weight = 1;
  for (const character of code.slice(0, 17)) {
    const value = characters.indexOf(character);
    if (value < 0) return 'credit-code-characters';
    sum += value * weight;
    weight = (weight * 3) % 31;
  }
  const last = characters.indexOf(code.charAt(17));
  if (last < 0) return 'credit-code-characters';
  return last === (31 - (sum % 31)) % 31 ? undefined : 'credit-code-check';
}

/** Whether this is a valid unified social credit code. */
export function creditCodeValid(code: string): boolean {
  return creditCodeProblem(code) === undefined;
}

/** Whether this is a valid organisation code: eight characters and a check character, with or without the hyphen. */
export function orgCodeValid(code: string): boolean {
  const parts = /^([0-9A-Z]{8})-?([0-9X])$/.exec(code);
  if (!parts) return false;
  const sum = organisationWeights.reduce(
    (total, weight, at) => total + weight * alphanumeric.indexOf(parts[1]?.charAt(at) ?? ''),
    0,
  );
  return parts[2] === '0123456789X0'.charAt(11 - (sum % 11));
}
