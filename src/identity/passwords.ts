import { hash, verify } from '@node-rs/argon2';

/**
 * argon2id at a cost OWASP recommends: 12 MiB, three passes, one lane. Of those it names as equal (19 MiB and two
 * passes among them) the one that took least here: larger blocks of memory come fresh from the system each time, and
 * fetching them took as long as hashing.
 */
const cost = { memoryCost: 12_288, timeCost: 3, parallelism: 1 };
/** The algorithm, version and cost above, as they begin a hash. */
const current = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}$`;
/** Work at the same time: the other threads of the pool stay free for files and names. */
const atOnce = 2;

let running = 0;
const waiting: (() => void)[] = [];
// Checked for a name nobody has, so that an answer takes as long as for a name somebody has.
let nobody: Promise<string> | undefined;

export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, cost));
}

/** Whether a password is the one of a hash; without a hash it takes as long and is wrong. */
export async function isPassword(stored: string | null | undefined, password: string): Promise<boolean> {
  nobody ??= hashPassword('nobody has this password');
  const against = stored ?? (await nobody);
  const right = await inTurn(() => verify(against, password));
  return right && !!stored;
}

/** Made at another cost than today's: to be made again when the password is at hand. */
export function isOutdated(stored: string): boolean {
  return !stored.startsWith(current);
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await work();
  } finally {
    // Who waits longest takes this place over.
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}
