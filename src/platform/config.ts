import { join } from 'node:path';
import { type SuiteName, suiteNames } from './vault-suite.ts';

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
  /** Behind TLS: cookies are marked Secure. */
  secure: boolean;
  /** The key that wraps the keys of sealed data, when it is not to be kept in a file. */
  masterKey?: string;
  /** How classified data is sealed. */
  suite: SuiteName;
  /** Name of the log of acts, in every checkpoint it signs. */
  ledgerOrigin?: string;
  /** Keys of the log, when they are not to be kept in a file. */
  ledgerKeys?: string;
  /** Where ClamAV listens, `host:port` or the path of its socket; without it no uploaded file is scanned. */
  clamav?: string;
};

/** Reads the environment; a value that cannot be right is an error that names it. */
export function readConfig(env: Record<string, string | undefined>, root: string): Config {
  const databaseUrl = env.DATABASE_URL || undefined;
  return {
    port: whole(env, 'PORT', 3000),
    host: env.HOST ?? '127.0.0.1',
    data: env.TONGBAN_DATA ?? join(root, 'data'),
    databaseUrl,
    demo: env.TONGBAN_DEMO ? ['1', 'on', 'true', 'yes'].includes(env.TONGBAN_DEMO.toLowerCase()) : !databaseUrl,
    demoCases: whole(env, 'TONGBAN_DEMO_CASES', 1000),
    region: env.TONGBAN_REGION ?? '360121',
    logLevel: env.LOG_LEVEL ?? 'warn',
    secure: env.TONGBAN_SECURE === 'on',
    masterKey: env.TONGBAN_MASTER_KEY || undefined,
    suite: suiteOf(env.TONGBAN_SUITE),
    ledgerOrigin: env.TONGBAN_LEDGER_ORIGIN || undefined,
    ledgerKeys: env.TONGBAN_LEDGER_KEYS || undefined,
    clamav: env.TONGBAN_CLAMAV || undefined,
  };
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
