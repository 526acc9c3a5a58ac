import type { Db } from '../platform/door.ts';
import { digest, hashOfCookie } from './cookie.ts';
import { networkOf } from './network.ts';
import {
  countAttempt,
  forgetAttempts,
  forgiveAttempt,
  isKnownDevice,
  rememberDevice,
  waitUntil,
} from './store-attempts.ts';

/**
 * Slows down who guesses, without locking anybody out: attempts are counted by account *and* by where they come from,
 * so a stranger makes only their own network wait. A browser that has signed in to the account before is counted by
 * itself, whatever happens around it.
 */
export type From = {
  /** Where the request comes from. */
  address?: string;
  /** The cookie of a browser that has signed in before. */
  device?: string;
};

export type Turn = { region: string; account: Buffer; bucket: string; network: string };
export type Throttle = ReturnType<typeof openThrottle>;

/** Attempts before the first wait, and after how long without any they are forgotten. */
const perAccount = { free: 5, forgetAfter: 24 * 3600 };
const perNetwork = { free: 60, forgetAfter: 15 * 60 };
const nobody = Buffer.alloc(0);

export function openThrottle(db: Db) {
  return { enter, enterAgain, leave, remember };

  /**
   * Takes a turn before anything is checked, so that many at once count as many.
   * @returns the turn, or the seconds to wait
   */
  async function enter(region: string, name: string, from: From, at: Date, staff?: string): Promise<Turn | number> {
    const account = digest(name);
    const network = `net:${networkOf(from.address)}`;
    const device = secretOf(region, from.device);
    const known = device && staff && (await isKnownDevice(db, region, device, staff));
    const turn = {
      region,
      account,
      network,
      bucket: known ? `device:${device.toString('hex').slice(0, 32)}` : network,
    };
    const keys = [
      { region, account, bucket: turn.bucket, ...perAccount },
      ...(known ? [] : [{ region, account: nobody, bucket: network, ...perNetwork }]),
    ];
    for (const key of keys) if (!(await countAttempt(db, key, at))) return secondsLeft(key, at);
    return turn;
  }

  /** The same for somebody who is signed in, or half so: what they try is counted by itself, wherever they are. */
  async function enterAgain(region: string, what: string, at: Date): Promise<Turn | number> {
    const key = { region, account: digest(what), bucket: 'again' };
    return (await countAttempt(db, { ...key, ...perAccount }, at)) ? { ...key, network: '' } : secondsLeft(key, at);
  }

  /** The attempt was right: its place is forgiven. */
  async function leave(turn: Turn, at: Date): Promise<void> {
    const { region, account, bucket, network } = turn;
    await forgetAttempts(db, { region, account, bucket }, at);
    if (bucket === network) await forgiveAttempt(db, { region, account: nobody, bucket: network });
  }

  /** Keeps the browser apart from strangers from now on. */
  async function remember(region: string, token: string, staff: string, at: Date): Promise<void> {
    const device = secretOf(region, token);
    if (device) await rememberDevice(db, region, device, staff, at);
  }

  async function secondsLeft(key: { region: string; account: Buffer; bucket: string }, at: Date): Promise<number> {
    const until = await waitUntil(db, key);
    return Math.max(1, Math.ceil(((until ? Date.parse(until) : 0) - at.getTime()) / 1000));
  }
}

function secretOf(region: string, token: string | undefined): Buffer | undefined {
  const parts = hashOfCookie(token);
  return parts?.region === region ? parts.hash : undefined;
}
