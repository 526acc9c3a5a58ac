import type { Db } from '../platform/door.ts';
import { digest, hashOfCookie } from './cookie.ts';
import { networkOf } from './network.ts';
import { type AttemptKey, countAttempt, countTurn, forgetAttempts, waitUntil } from './store-attempts.ts';

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

const perAccount = { free: 5, forgetAfter: 24 * 3600 };
const perNetwork = { free: 60, forgetAfter: 15 * 60 };
const nobody = Buffer.alloc(0);

/**
 * @param home where networks are counted, whatever county they try: a place has one count, not one for each county
 */
export function openThrottle(db: Db, home: string) {
  return { enter, enterAgain, leave };

  /**
   * Takes a turn before anything is checked, so that many at once count as many.
   * @returns the turn, or the seconds to wait
   */
  async function enter(region: string, name: string, from: From, at: Date, staff?: string): Promise<Turn | number> {
    const account = digest(name);
    const network = `net:${networkOf(from.address)}`;
    const claimed = staff ? claimedBy(region, from.device, staff) : undefined;
    const allowed = { account: perAccount, network: perNetwork };
    const counted = await countTurn(db, { region, home, account, network, claimed }, allowed, at);
    const bucket = claimed && counted.known ? claimed.bucket : network;
    if (counted.account && (counted.known || counted.network)) return { region, account, network, bucket };
    const all = { region: home, account: nobody, bucket: network };
    return secondsLeft([{ region, account, bucket }, ...(counted.known ? [] : [all])], at);
  }

  /** The same for somebody who is signed in, or half so: what they try is counted by itself, wherever they are. */
  async function enterAgain(region: string, what: string, at: Date): Promise<Turn | number> {
    const key = { region, account: digest(what), bucket: 'again' };
    return (await countAttempt(db, { ...key, ...perAccount }, at)) ? { ...key, network: '' } : secondsLeft([key], at);
  }

  /** The attempt was right: its place is forgiven. */
  async function leave(turn: Turn, at: Date): Promise<void> {
    const network = turn.bucket === turn.network ? { region: home, bucket: turn.network } : undefined;
    await forgetAttempts(db, turn, network, at);
  }

  /** Until the last of these places has waited. */
  async function secondsLeft(keys: AttemptKey[], at: Date): Promise<number> {
    const ends = await Promise.all(keys.map((key) => waitUntil(db, key)));
    const last = Math.max(...ends.map((end) => (end ? Date.parse(end) : 0)));
    return Math.max(1, Math.ceil((last - at.getTime()) / 1000));
  }
}

function claimedBy(region: string, token: string | undefined, staff: string) {
  const parts = hashOfCookie(token);
  if (parts?.region !== region) return undefined;
  return { hash: parts.hash, staff, bucket: `device:${parts.hash.toString('hex').slice(0, 32)}` };
}
