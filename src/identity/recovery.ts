import type { Limits } from '../platform/door.ts';
import { digest } from './cookie.ts';

/** Codes on paper, and those that are handed over: twelve signs none of which looks like another, in groups of four. Pure. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const codesAtOnce = 10;

/** A code from chance given: five bits a sign. */
export function newCode(chance: string): string {
  const signs = [...Buffer.from(chance, 'base64url').subarray(0, 12)].map((byte) => alphabet[byte & 31]);
  return signs.join('').replace(/(.{4})(?=.)/g, '$1-');
}

/** As it is kept: however it was typed. */
export function hashOfCode(region: string, staff: string, code: string): Buffer {
  const plain = code
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  return digest(`${region} ${staff} ${plain}`);
}

/** Until when a start code that is given now may be used. */
export function startUntil({ startCode }: Pick<Limits, 'startCode'>, at: Date): Date {
  return new Date(at.getTime() + startCode.hours * 3600_000);
}
