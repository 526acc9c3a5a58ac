import type { Db } from '../platform/door.ts';
import { digest, hashOfCookie } from './cookie.ts';
import { networkOf } from './network.ts';
import { type AttemptKey, countAttempt, countTurn, forgetAttempts, knowsDevice, waitUntil } from './store-attempts.ts';

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
  return { enter, enterSecond, enterAgain, leave };

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

  /**
   * The same for who has given the password: they are counted together wherever they are, as many networks would have many
   * tries; a browser the account knows is counted by itself, so that who has found the password keeps no owner out.
   */
  async function enterSecond(region: string, staff: string, device: string | undefined, at: Date) {
    const claimed = claimedBy(region, device, staff);
    const known = claimed && (await knowsDevice(db, region, claimed));
    return countedAt({ region, account: digest(`second:${staff}`), bucket: known ? claimed.bucket : 'again' }, at);
  }

  /** The same for somebody who is signed in and proves who they are: each session by itself, as none leads to others. */
  function enterAgain(region: string, staff: string, session: string, at: Date): Promise<Turn | number> {
    const bucket = `session:${digest(session).toString('hex').slice(0, 32)}`;
    return countedAt({ region, account: digest(`password:${staff}`), bucket }, at);
  }

  async function countedAt(key: AttemptKey, at: Date): Promise<Turn | number> {
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
