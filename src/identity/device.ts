import { checkCharacter3736 } from '../elements/door.ts';

/**
 * Machines of the county that people use, and the code that makes a browser one of them. A browser somebody has signed in
 * from is no device: that is a known browser (`throttle.ts`). Pure.
 */
export const deviceKinds = ['kiosk', 'station'] as const;
export type DeviceKind = (typeof deviceKinds)[number];

export type Device = {
  region: string;
  id: string;
  name: string;
  kind: DeviceKind;
  /** Twelve-digit code of where it stands. */
  division: string;
  enrolledAt: string;
  /** Until when its code may be used; null when none waits. */
  codeUntil: string | null;
  /** When its code was used last; null while nobody has. */
  openedAt: string | null;
  /** Whether a browser holds its cookie. */
  inUse: boolean;
  lastSeen: string | null;
  revokedAt: string | null;
};

/** `waiting` for its code to be typed, `lapsed` when nobody did in time. */
export type DeviceStanding = 'waiting' | 'lapsed' | 'in-use' | 'revoked';
/** How an enrolled device stands at a moment. */
export function standingOf({ revokedAt, inUse, codeUntil }: Device, now: Date): DeviceStanding {
  if (revokedAt) return 'revoked';
  if (inUse) return 'in-use';
  return codeUntil && now.getTime() < Date.parse(codeUntil) ? 'waiting' : 'lapsed';
}

/** Without letters that are taken for digits. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 8;

/** A code of eight characters and a check character (ISO 7064 MOD 37,36), from random bytes: 40 bits. */
export function codeFrom(random: Uint8Array): string {
  for (let at = 0; at + length <= random.length; at += 1) {
    const text = [...random.subarray(at, at + length)].map((byte) => alphabet[byte % alphabet.length]).join('');
    const check = checkCharacter3736(text) ?? '';
    if (alphabet.includes(check)) return text + check;
  }
  throw new Error('the random bytes given make no code');
}

/** A code as it was typed, with or without gaps, in any case; nothing when a character of it is wrong or missing. */
export function readCode(typed: string): string | undefined {
  const plain = typed.slice(0, 60).normalize('NFKC').toUpperCase().replace(/[\s-]/g, '');
  const code = plain.replaceAll('O', '0').replace(/[IL]/g, '1');
  const right = code.length === length + 1 && checkCharacter3736(code.slice(0, length)) === code.slice(length);
  return right ? code : undefined;
}

/** In groups of three, to be read out. */
export const spokenCode = (code: string): string => code.replace(/(...)(?=.)/g, '$1 ');
