import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openTrail, type TrailEntry } from './ledger/door.ts';
import { lockFrom, newBackupKey, openerFrom } from './platform/backup-age.ts';
import { makeBackup } from './platform/backup-make.ts';
import { restoreBackup, verifyBackup } from './platform/backup-restore.ts';
import { openDatabase } from './platform/database.ts';
import { openDb, openLog, randomIds, readConfig } from './platform/door.ts';
import { repositoryRoot } from './web/root.ts';

/** `npm run tongban -- backup …` and `restore …`: on the database itself, without opening the rooms. */
type Say = (line: string) => void;
const clock = () => new Date();

/** Who was signed in, or half way there: nobody is to be signed in by a copy of a former day. */
const without = ['identity.session', 'identity.sign_in_step', 'identity.start_code'];

/** Gives the exit code; nothing when the arguments are not understood. */
export function runBackup([first, second, ...more]: string[], say: Say): Promise<number> | undefined {
  if (!first || more.length > 0) return undefined;
  if (first === 'new-key' && second) return newKey(second, say);
  if (first === 'verify' && second) return verify(second, say);
  return second ? undefined : make(first, say);
}

export function runRestore([source, ...more]: string[], say: Say): Promise<number> | undefined {
  return source && more.length === 0 ? restore(source, say) : undefined;
}

async function newKey(file: string, say: Say): Promise<number> {
  const recipient = await newBackupKey(file, clock());
  say(`The secret key is in ${file}. Keep it away from this machine and from the backups: without it none opens.`);
  say(`To make backups, set TONGBAN_BACKUP_TO=${recipient}`);
  return 0;
}

async function make(target: string, say: Say): Promise<number> {
  const lock = lockFrom(process.env);
  return withDatabase(async ({ url, files }) => {
    const { written, ...made } = await makeBackup({ url, files, target, lock, without, clock, say });
    // What cannot be noted is not taken out.
    await noted(url, { kind: 'export', what: 'backup.make', outcome: 'done', detail: counts(made) }).catch(
      async (error: Error) => {
        await rm(target, { force: true });
        throw error;
      },
    );
    say(`${target}: ${total(made)}, ${Math.ceil(written / 1024 / 1024)} MB, locked.`);
    say('The master key and the keys of the log are not in it: keep copies of them apart.');
    return 0;
  });
}

async function verify(source: string, say: Say): Promise<number> {
  const opener = await openerFrom(process.env);
  const { head, manifest } = await verifyBackup({ source, opener, clock, say }).catch(async (error: Error) => {
    await notedHere({ what: 'backup.verify', outcome: 'failed' });
    throw error;
  });
  await notedHere({ what: 'backup.verify', outcome: 'done', detail: { of: head.at, ...counts(manifest) } });
  for (const [name, { rows }] of Object.entries(manifest.tables)) say(`  ${name}: ${rows}`);
  say(`✓ The backup of ${head.at} is whole: ${total(manifest)}.`);
  return 0;
}

async function restore(source: string, say: Say): Promise<number> {
  const opener = await openerFrom(process.env);
  return withDatabase(async ({ url, files, migrations }) => {
    const manifest = await restoreBackup({ source, opener, url, files, migrations, clock, say });
    const said = { kind: 'act', what: 'backup.restore', outcome: 'done', detail: counts(manifest) } as const;
    await noted(url, said).catch((error: Error & { code?: string }) => {
      // A backup from before there was a trail is whole all the same.
      if (error.code !== noSuchTable) throw error;
      say('The backup is older than the trail: that it was restored is noted nowhere.');
    });
    say(`Restored: ${total(manifest)}. Put master.key and ledger.key back, start, and run: ledger verify`);
    return 0;
  });
}

const noSuchTable = '42P01';
type Said = Pick<TrailEntry, 'kind' | 'what' | 'outcome' | 'detail'>;

/** Keeps in the trail of a database that whoever runs the node did something with all of it. */
async function noted(url: string, said: Said): Promise<void> {
  const { region, logLevel } = readConfig(process.env, repositoryRoot());
  const db = openDb({ url, log: openLog(logLevel), role: 'tongban_app', max: 1 });
  const who = { kind: 'system', id: 'setup' } as const;
  try {
    await openTrail(db, randomIds(clock)).record({ region, at: clock(), who, from: 'command line', ...said });
  } finally {
    await db.end();
  }
}

/** The same in this node's own database; a machine that has none only checks a file. */
async function notedHere(said: Omit<Said, 'kind'>): Promise<void> {
  const { databaseUrl, data } = readConfig(process.env, repositoryRoot());
  if (!databaseUrl && !existsSync(join(data, 'postgres'))) return;
  await withDatabase(async ({ url }) => {
    await noted(url, { kind: 'act', ...said });
    return 0;
  });
}

const counts = ({ tables, files }: Counted) => ({
  rows: rowsOf(tables),
  tables: Object.keys(tables).length,
  files: files.count,
});
type Counted = Awaited<ReturnType<typeof restoreBackup>>;
const rowsOf = (tables: Counted['tables']) => Object.values(tables).reduce((sum, one) => sum + one.rows, 0);

function total({ tables, files }: Counted): string {
  return `${rowsOf(tables)} rows of ${Object.keys(tables).length} tables and ${files.count} files`;
}

type Place = { url: string; files: string; migrations: string };

async function withDatabase(work: (place: Place) => Promise<number>): Promise<number> {
  const root = repositoryRoot();
  const config = readConfig(process.env, root);
  const log = openLog(config.logLevel);
  const migrations = join(root, 'migrations');
  const onDeath = () => process.exit(1);
  const database = await openDatabase({ config, migrations, log, onDeath, beside: true, asItIs: true });
  try {
    return await work({ url: database.url, files: join(config.data, 'files'), migrations });
  } finally {
    await database.stop();
  }
}
