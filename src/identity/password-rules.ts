import type { FieldProblem } from '../platform/door.ts';
import { commonPasswords } from './common-passwords.ts';

/**
 * What a new password must be: long, and not what everybody tries first. Nobody is told which signs to use, and
 * nothing is cut off or changed. Pure.
 */
export const shortestPassword = 12;
export const longestPassword = 200;

/** What is wrong with a new password of an account; the first thing only. */
export function passwordProblem(password: string, login: string): FieldProblem | undefined {
  const wrong = (code: string, length = shortestPassword) => ({ field: 'password', code, params: { length } });
  const length = [...password].length;
  if (length < shortestPassword) return wrong('password-too-short');
  if (length > longestPassword) return wrong('password-too-long', longestPassword);
  if (holds(password, login)) return wrong('password-holds-login');
  return isCommon(password) ? wrong('password-common') : undefined;
}

function holds(password: string, login: string): boolean {
  return login.length >= 4 && password.toLowerCase().includes(login.toLowerCase());
}

/** In the list as it stands, or a word of the list dressed up: P@ssw0rd2026!, dragondragon, 111111111111. */
export function isCommon(password: string): boolean {
  const plain = password.toLowerCase();
  const bare = plain.replace(/^[^a-z]+|[^a-z]+$/g, '');
  const forms = [plain, bare].flatMap((form) => [form, [...form].map((sign) => letters[sign] ?? sign).join('')]);
  const short = (rest: string) => rest.length >= 4 && commonPasswords.has(repeated(rest));
  return forms.some(short) || repeated(plain).length < 5 || isRun(plain);
}

/** The part that is written over and over: abcabcabc → abc. */
function repeated(text: string): string {
  const at = (text + text).indexOf(text, 1);
  return text.slice(0, at);
}

/** Every sign follows the one before it: 123456789012, abcdefghijkl, 987654321098. */
function isRun(text: string): boolean {
  const steps = [...text].slice(1).map((sign, at) => (sign.codePointAt(0) ?? 0) - (text.codePointAt(at) ?? 0));
  const follows = steps.filter((step) => Math.abs(step) <= 1 || Math.abs(step) === 9).length;
  return follows === steps.length;
}

const letters: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};
