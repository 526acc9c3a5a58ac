import { isLoopback } from './outgoing.ts';

/**
 * Secrets everybody knows. A node with a database of its own and without the people of a demonstration is taken for a real
 * one and does not start with any of these. Pure.
 */
type Given = {
  databaseUrl?: string;
  demo: boolean;
  masterKey?: string;
  provider?: { secret?: string; issuer: string };
};

const known =
  /^(|postgres|password|passwd|secret|changeme|change-me|change_me|admin|tongban|test|example|demo|123456\d*|client-?secret)$/i;
const shortestSecret = 16;

/** The settings whose secret is a default, empty, too short or made of one repeated sign; none for a demonstration. */
export function weakSecrets({ databaseUrl, demo, masterKey, provider }: Given): string[] {
  if (!databaseUrl || demo) return [];
  return [
    ...(isWeakPassword(databaseUrl) ? ['DATABASE_URL'] : []),
    ...(masterKey !== undefined && isMonotonous(Buffer.from(masterKey, 'base64url')) ? ['TONGBAN_MASTER_KEY'] : []),
    ...(provider?.secret !== undefined && isWeakSecret(provider.secret, provider.issuer)
      ? ['TONGBAN_OIDC_CLIENT_SECRET']
      : []),
  ];
}

/** A password may be missing: then the server knows its callers otherwise, by socket, certificate or `.pgpass`. */
function isWeakPassword(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { username, password } = new URL(url);
  if (password === '') return false;
  const plain = decodeURIComponent(password);
  return known.test(plain) || plain === decodeURIComponent(username);
}

/** A provider on this machine is one somebody tries things with. */
function isWeakSecret(secret: string, issuer: string): boolean {
  if (URL.canParse(issuer) && isLoopback(new URL(issuer))) return false;
  return known.test(secret) || secret.length < shortestSecret || isMonotonous(Buffer.from(secret));
}

/** Thirty-two random bytes have eight different ones except once in many lifetimes of the universe. */
function isMonotonous(bytes: Buffer): boolean {
  return new Set(bytes).size < 8;
}
