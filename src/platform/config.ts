import { isIP } from 'node:net';
import { isAbsolute, join } from 'node:path';
import { isLoopback } from './outgoing.ts';
import { type Said, unmeant } from './unmeant.ts';
import { type SuiteName, suiteNames } from './vault-suite.ts';
import { weakSecrets } from './weak-secrets.ts';

/** Everything that may be set from outside, read once at the start. */
export type Config = {
  port: number;
  host: string;
  /** Folder of the embedded database and of uploaded files. */
  data: string;
  /** A PostgreSQL of one's own (15 or newer); empty: the embedded one. */
  databaseUrl?: string;
  /** Demo personas and data. On by default only with the embedded database. */
  demo: boolean;
  /** How many past cases the demo starts with. */
  demoCases: number;
  /** Six-digit code of the county this node serves. */
  region: string;
  logLevel: string;
  /** Reverse proxies whose word for a client's address is taken: addresses, networks, or `loopback`. */
  trustProxy?: string[];
  /** Behind TLS: cookies are marked Secure. */
  secure: boolean;
  /** The key that wraps the keys of sealed data, when it is not to be kept in a file. */
  masterKey?: string;
  /** A program that asks a key management system to wrap and unwrap those keys: then the master key is nowhere here. */
  kmsCommand?: string;
  /** How classified data is sealed. */
  suite: SuiteName;
  /** Name of the log of acts, in every checkpoint it signs. */
  ledgerOrigin?: string;
  /** Keys of the log, when they are not to be kept in a file. */
  ledgerKeys?: string;
  /** Verifier keys of other logs this node signs checkpoints of as a witness. */
  witnessed?: string;
  /** Where ClamAV listens, `host:port` or the path of its socket; without it no uploaded file is scanned. */
  clamav?: string;
  /** Who of the staff has to have a second step: `all`, `none` or roles with commas between. */
  secondStep?: string;
  /** A file of breached passwords that nobody may set. */
  breachedPasswords?: string;
  /** The address people and other systems know this node by. */
  origin?: string;
  /** Where citizens and enterprises sign in. Without it only staff do, and the people of a demonstration. */
  provider?: ProviderConfig;
};

/** A provider of sign-ins (OpenID Connect) and what it knows us by. */
export type ProviderConfig = {
  issuer: string;
  clientId: string;
  /** How we prove that it is us: a secret, or the file of one, or the file of a private key (PKCS #8). */
  secret?: string;
  secretFile?: string;
  keyFile?: string;
  /** A file of `providers/` by its name, or any file by its path: names of claims, levels. */
  profile: string;
  /** The address people have in their browser, to which the provider sends them back. */
  origin: string;
};

/** Reads the environment; a value that cannot be right is an error that names it. */
export function readConfig(env: Record<string, string | undefined>, root: string): Config {
  const databaseUrl = env.DATABASE_URL || undefined;
  const said: Said = { demo: switchOf(env, 'TONGBAN_DEMO'), secure: switchOf(env, 'TONGBAN_SECURE') };
  const config: Config = {
    port: whole(env, 'PORT', 3000),
    host: env.HOST ?? '127.0.0.1',
    data: env.TONGBAN_DATA ?? join(root, 'data'),
    databaseUrl,
    demo: said.demo ?? !databaseUrl,
    demoCases: whole(env, 'TONGBAN_DEMO_CASES', 1000),
    region: env.TONGBAN_REGION ?? '360121',
    logLevel: env.LOG_LEVEL ?? 'warn',
    trustProxy: proxiesOf(env.TONGBAN_TRUST_PROXY),
    secure: said.secure ?? false,
    masterKey: env.TONGBAN_MASTER_KEY || undefined,
    kmsCommand: kmsOf(env),
    suite: suiteOf(env.TONGBAN_SUITE),
    ledgerOrigin: env.TONGBAN_LEDGER_ORIGIN || undefined,
    ledgerKeys: env.TONGBAN_LEDGER_KEYS || undefined,
    witnessed: env.TONGBAN_WITNESSED || undefined,
    clamav: env.TONGBAN_CLAMAV || undefined,
    secondStep: env.TONGBAN_SECOND_STEP || undefined,
    breachedPasswords: env.TONGBAN_BREACHED_PASSWORDS || undefined,
    origin: originOf(env),
    provider: providerOf(env),
  };
  const weak = weakSecrets(config);
  if (weak.length > 0)
    throw new Error(`${weak.join(', ')}: this secret is a default or far too simple for a real node`);
  const careless = unmeant(config, said);
  if (careless) throw new Error(careless);
  return config;
}

/** Nothing when it is left open: what that means depends on the rest. */
function switchOf(env: Record<string, string | undefined>, name: string): boolean | undefined {
  const text = env[name]?.toLowerCase();
  if (!text) return undefined;
  if (['1', 'on', 'true', 'yes'].includes(text)) return true;
  if (['0', 'off', 'false', 'no'].includes(text)) return false;
  throw new Error(`${name} must be on or off, not "${text}"`);
}

function providerOf(env: Record<string, string | undefined>): ProviderConfig | undefined {
  const issuer = env.TONGBAN_OIDC_ISSUER;
  if (!issuer) return undefined;
  const secret = env.TONGBAN_OIDC_CLIENT_SECRET || undefined;
  const secretFile = env.TONGBAN_OIDC_CLIENT_SECRET_FILE || undefined;
  const keyFile = env.TONGBAN_OIDC_CLIENT_KEY_FILE || undefined;
  if (!secret && !secretFile && !keyFile)
    throw new Error(
      'TONGBAN_OIDC_ISSUER needs one of TONGBAN_OIDC_CLIENT_SECRET, TONGBAN_OIDC_CLIENT_SECRET_FILE, TONGBAN_OIDC_CLIENT_KEY_FILE',
    );
  return {
    issuer: secureAddress('TONGBAN_OIDC_ISSUER', issuer).href,
    clientId: needed('TONGBAN_OIDC_CLIENT_ID', env.TONGBAN_OIDC_CLIENT_ID),
    secret,
    secretFile,
    keyFile,
    profile: env.TONGBAN_OIDC_PROFILE || 'national',
    origin: secureAddress('TONGBAN_ORIGIN', needed('TONGBAN_ORIGIN', env.TONGBAN_ORIGIN)).origin,
  };
}

/** Without one it is where it listens: enough on one machine. */
function originOf(env: Record<string, string | undefined>): string {
  const { TONGBAN_ORIGIN: given, HOST = '127.0.0.1' } = env;
  return given ? secureAddress('TONGBAN_ORIGIN', given).origin : `http://${HOST}:${whole(env, 'PORT', 3000)}`;
}

function needed(name: string, value: string | undefined): string {
  if (!value) throw new Error(`TONGBAN_OIDC_ISSUER needs ${name}`);
  return value;
}

/** Plain HTTP only on this machine: whoever listens in between could sign in as somebody else. */
function secureAddress(name: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !(url.protocol === 'https:' || isLoopback(url))) throw new Error(`${name} must begin with https://`);
  return url;
}

/** Proxies by name, address or network, with commas between. */
function proxiesOf(text: string | undefined): string[] | undefined {
  const proxies = (text ?? '').split(',').flatMap((proxy) => proxy.trim() || []);
  for (const proxy of proxies) {
    const [address = '', bits, ...more] = proxy.split('/');
    const most = isIP(address) === 4 ? 32 : 128;
    const network = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most);
    const known = ['loopback', 'linklocal', 'uniquelocal'].includes(proxy);
    if (!known && !(isIP(address) !== 0 && network && more.length === 0))
      throw new Error(`TONGBAN_TRUST_PROXY: "${proxy}" is neither an address, a network nor loopback`);
  }
  return proxies.length > 0 ? proxies : undefined;
}

function kmsOf(env: Record<string, string | undefined>): string | undefined {
  const command = programOf('TONGBAN_KMS_COMMAND', env.TONGBAN_KMS_COMMAND);
  if (command && env.TONGBAN_MASTER_KEY)
    throw new Error('TONGBAN_KMS_COMMAND and TONGBAN_MASTER_KEY are two holders of one key: leave one of them out');
  return command;
}

/** A program by its whole path: no shell reads the setting, so it has no arguments. */
export function programOf(name: string, path: string | undefined): string | undefined {
  if (path && !isAbsolute(path)) throw new Error(`${name} must be the whole path of a program, without arguments`);
  return path || undefined;
}

function suiteOf(text: string | undefined): SuiteName {
  const found = suiteNames.find((name) => name === (text || suiteNames[0]));
  if (!found) throw new Error(`TONGBAN_SUITE must be one of ${suiteNames.join(', ')}`);
  return found;
}

function whole(env: Record<string, string | undefined>, name: string, otherwise: number): number {
  const text = env[name];
  if (text === undefined || text === '') return otherwise;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`${name} must be a whole number, not "${text}"`);
  return value;
}
