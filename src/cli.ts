import { join } from 'node:path';
import { runImport } from './catalog/door.ts';
import { runBackup, runRestore } from './cli-backup.ts';
import { keyCommands } from './cli-keys.ts';
import { peopleCommands } from './cli-people.ts';
import { runHold, runRetention } from './cli-retention.ts';
import { type House, openHouse } from './house.ts';
import { byOperator, runLedger, verifyFolder } from './ledger/door.ts';
import { openDatabase } from './platform/database.ts';
import { openLog, Problem, readConfig } from './platform/door.ts';
import { repositoryRoot } from './web/root.ts';

/** Commands for people who run a node: `npm run tongban -- <command>`. */
export type Command = {
  usage: string;
  about: string;
  /** Gives the exit code; nothing when the arguments are not understood. */
  run: (house: House, args: string[]) => Promise<number | undefined>;
  /** What needs no database; nothing when these arguments do. */
  alone?: (args: string[]) => Promise<number> | undefined;
};

const ledgerExport = { kind: 'export', what: 'ledger.export' } as const;

const commands: Record<string, Command> = {
  'import-items': {
    usage: 'import-items FILE.csv [--json]',
    about: 'reads a list of items, keeps what is right and reports every row it doubts',
    run: async (house, args) => {
      const file = args.find((arg) => !arg.startsWith('--'));
      if (!file) return usage();
      await runImport({ db: house.db, file, print: say, say: house.texts.say('zh'), json: args.includes('--json') });
      return 0;
    },
  },
  'rebuild-figures': {
    usage: 'rebuild-figures',
    about: 'drops the efficacy figures and makes them again from the events',
    run: async (house) => {
      await house.rebuildFigures();
      await house.drain();
      say('The figures were made again from the events.');
      return 0;
    },
  },
  ledger: {
    usage:
      'ledger verify [FOLDER] [--key KEY] [--known CHECKPOINT] [--any-order] | export FOLDER | proof NUMBER | keys add | keys retire | ask OLD | cosigned ASKED ANSWER --key KEY',
    about: 'checks the log of acts, or an export of it; writes it out; proves a case; changes keys; asks a witness',
    run: async (house, args) => {
      const { ledger, acts, strays, config } = house;
      const keyFile = join(config.data, 'ledger.key');
      // Entries say when something happened in which case: whoever takes them away is noted first.
      if (args[0] === 'export') await house.trail.record(byOperator(config.region, house.clock(), ledgerExport));
      const code = await runLedger({ ledger, acts, strays, print: say, args, keyFile });
      return code === 2 ? usage() : code;
    },
    alone: (args) =>
      args[0] === 'verify' && args[1] && !args[1].startsWith('--') ? verifyFolder(args, say) : undefined,
  },
  backup: {
    usage: 'backup FILE | backup verify FILE | backup new-key FILE',
    about: 'one locked file of all data of this moment, while the product may go on; checks one; makes a key for them',
    run: async () => usage(),
    alone: (args) => runBackup(args, say) ?? Promise.resolve(usage()),
  },
  restore: {
    usage: 'restore FILE',
    about: 'brings a backup back into an empty database, all or nothing',
    run: async () => usage(),
    alone: (args) => runRestore(args, say) ?? Promise.resolve(usage()),
  },
  retention: {
    usage: 'retention --dry-run | --run',
    about: 'counts, or erases for good, what is past its time by rules/retention.yaml and not held',
    run: async (house, args) => (await runRetention(house, args, say)) ?? usage(),
  },
  hold: {
    usage: 'hold begin NUMBER LOGIN REASON [UNTIL] | hold end NUMBER LOGIN [REASON] | hold list',
    about: 'keeps a case from being erased, for a lawsuit or a review, by order of LOGIN',
    run: async (house, args) => (await runHold(house, args, say)) ?? usage(),
  },
  seal: {
    usage: 'seal',
    about: 'seals answers of drafts that lie in clear, after an element has been classified',
    run: async ({ cases }) => {
      say(`Drafts sealed: ${await cases.drafts.sealClear()}`);
      return 0;
    },
  },
  ...keyCommands,
  ...peopleCommands,
};

async function main(): Promise<number> {
  const [name = '', ...args] = process.argv.slice(2);
  const command = commands[name];
  if (!command) return usage();
  const alone = command.alone?.(args);
  if (alone) return alone;
  const root = repositoryRoot();
  const config = readConfig(process.env, root);
  const log = openLog(config.logLevel);
  const onDeath = () => process.exit(1);
  const database = await openDatabase({ config, migrations: join(root, 'migrations'), log, onDeath, beside: true });
  try {
    const house = await openHouse({ config, url: database.url, root, log, clock: () => new Date() });
    try {
      return (await command.run(house, args)) ?? usage();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      for (const { field, code, params } of error.fields)
        say(`${field}: ${house.texts.say('en')(`field.${code}`, params)}`);
      if (error.fields.length === 0) say(house.texts.say('en')(`problem.${error.code}.title`, error.params));
      return 1;
    } finally {
      await house.close();
    }
  } finally {
    await database.stop();
  }
}

function usage(): number {
  say('npm run tongban -- COMMAND');
  for (const { usage, about } of Object.values(commands)) say(`  ${usage}\n      ${about}`);
  return 2;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  },
);
