import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

/**
 * How the house is built, as tests. A rule that fails says because.
 */
const root = resolve(import.meta.dirname, '..');
const source = join(root, 'src');

/** Which doors a room may open. Every room may open platform and elements. */
const mayOpen: Record<string, string[]> = {
  platform: [],
  elements: [],
  ledger: [],
  identity: ['ledger'],
  catalog: ['identity', 'ledger'],
  cases: ['catalog', 'identity', 'ledger'],
  rating: ['cases', 'catalog', 'identity', 'ledger'],
  rights: ['cases', 'identity', 'ledger'],
  // Efficacy listens: it is handed the feeds and never asks a case anything.
  efficacy: ['catalog', 'identity', 'ledger'],
  web: ['catalog', 'cases', 'efficacy', 'identity', 'ledger', 'rating', 'rights'],
  // The made-up past stands where people stand, so it uses what people use.
  demo: ['catalog', 'cases', 'efficacy', 'identity', 'rating'],
};
const shared = ['platform', 'elements'];

/**
 * Decisions and rules: given the same, they say the same. No database, no network, no clock, no chance. A file that calls
 * itself pure is held to it; those of rooms that are pure throughout stand here.
 */
const pureByName = [
  'cases/case.ts',
  'cases/evolve.ts',
  'cases/decide.ts',
  'cases/branches.ts',
  'cases/allowed.ts',
  'cases/context.ts',
  'cases/issuing.ts',
  'cases/number.ts',
  'cases/consent.ts',
  'rights/request.ts',
  'rights/erasable.ts',
  'elements/consent.ts',
  'platform/calendar.ts',
  'platform/pace.ts',
  'ledger/trail-entry.ts',
  'identity/policy.ts',
  'identity/rules.ts',
  'identity/division.ts',
  'identity/place-name.ts',
  'identity/place-spelling.ts',
  'identity/provider-claims.ts',
  'catalog/graph.ts',
  'catalog/conditions.ts',
  'catalog/difference.ts',
  'catalog/proposing.ts',
  'catalog/review.ts',
  'catalog/tasks.ts',
  'elements/id-card.ts',
  'elements/credit-code.ts',
  'elements/iso7064.ts',
  'elements/validate.ts',
  'elements/normalise.ts',
  'elements/mask.ts',
  'elements/sealed.ts',
];
const impure = [
  // Hashing and reading addresses are arithmetic.
  /from 'node:(?!assert|crypto|net')/,
  /randomBytes|randomUUID|getRandomValues/,
  /from 'pg'/,
  /from 'fastify'/,
  /Date\.now/,
  /Math\.random/,
  /new Date\(\)/,
  /process\.env/,
];

/** Lines a file may have. Past this there are two ideas in it. */
const longest = 250;
const longestDoor = 60;
const longestReadme = 80;
/** Files that may be longer, each with its reason. */
const mayBeLonger: Record<string, string> = {};

const files = walk(source);
const code = files.filter((file) => /\.tsx?$/.test(file));
const callsItselfPure = /\/\*\*(?:(?!\*\/)[\s\S])*\bPure[.:,](?:(?!\*\/)[\s\S])*\*\//;
const pure = new Set([
  ...pureByName,
  ...code.filter((file) => callsItselfPure.test(readFileSync(file, 'utf8'))).map(name),
]);
const product = code.filter((file) => !/\.test\.tsx?$/.test(file));

describe('rooms', () => {
  test('a room opens only the doors it may, because news that travels upwards goes through the outbox', () => {
    const wrong = product.flatMap((file) => importsOf(file).flatMap((target) => wrongImport(file, target)));
    expect(wrong).toEqual([]);
  });

  test('every room has a README that is short, because it is read before the code', () => {
    for (const room of rooms())
      expect(lines(join(source, room, 'README.md')), `src/${room}/README.md`).toBeLessThanOrEqual(longestReadme);
  });

  test('a door is short and only passes on, because it is the first thing a neighbour reads', () => {
    for (const door of product.filter((file) => file.endsWith('/door.ts'))) {
      expect(lines(door), name(door)).toBeLessThanOrEqual(longestDoor);
    }
  });

  test('what a door passes on says what it gives, because a neighbour should not have to read how', () => {
    const doors = product.filter((file) => file.endsWith('/door.ts'));
    const silent = doors.flatMap((file) => {
      const room = dirname(file);
      const door = readFileSync(file, 'utf8');
      return [...door.matchAll(/export \{([^}]*)\} from '\.\/([^']*)'/g)].flatMap(([, names = '', from = '']) => {
        const text = readFileSync(join(room, from), 'utf8');
        const given = names.split(',').map((one) => one.trim().split(' as ')[0] ?? '');
        const bare = (one: string) =>
          new RegExp(`(?<!\\*/\\n)export (async )?(function|const|class) ${one}\\b`).test(text);
        return given.filter((one) => one !== '' && bare(one)).map((one) => `${name(join(room, from))} ${one}`);
      });
    });
    expect(silent).toEqual([]);
  });

  test('no drawer for leftovers, because nobody finds anything in it', () => {
    expect(files.map(name).filter((file) => /\/(utils?|helpers?|common|services?|misc)(\/|\.)/.test(file))).toEqual([]);
  });
});

type LongFunction = { location: { path: string; start: { line: number } } };

describe('files', () => {
  test('pure files import no IO, clock or chance, because a decision must be the same tomorrow', () => {
    expect(pure.size).toBeGreaterThan(70);
    for (const file of pure) {
      const text = readFileSync(join(source, file), 'utf8');
      for (const sign of impure) expect(sign.test(text), `${file} has ${sign}`).toBe(false);
    }
  });

  test('no file grows past comfort, because two ideas in one file are found by nobody', () => {
    const long = code.filter((file) => lines(file) > longest && !mayBeLonger[name(file)]);
    expect(long.map((file) => `${name(file)} ${lines(file)}`)).toEqual([]);
  });

  test('the median file is about 80 lines', () => {
    const sizes = product.map(lines).sort((a, b) => a - b);
    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(80);
  });

  test('no function grows past 40 lines, because it is read in one breath; what opens a room or registers routes holds several, and each counts', () => {
    const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
    const rule = '--only=complexity/noExcessiveLinesPerFunction'; // its limit stands in biome.json
    const args = ['lint', rule, '--reporter=json', '--max-diagnostics=none', 'src'];
    const { stdout } = spawnSync(process.execPath, [biome, ...args], { cwd: root, encoding: 'utf8', maxBuffer: 1e8 });
    const found = (JSON.parse(stdout) as { diagnostics: LongFunction[] }).diagnostics.map(({ location }) => location);
    expect(found.length).toBeGreaterThan(0);
    const opens = /function (open|register)[A-Z]/;
    const long = found.filter(({ path, start }) => {
      const line = readFileSync(join(root, path), 'utf8').split('\n')[start.line - 1] ?? '';
      return !/\.test\.tsx?$/.test(path) && !opens.test(line);
    });
    expect(long.map(({ path, start }) => `${path}:${start.line}`)).toEqual([]);
  });

  test('no inline exception from a linter or the compiler, because an exception stands here with its reason', () => {
    const marks = /biome-ignore|eslint-disable|@ts-ignore|@ts-expect-error|@ts-nocheck/;
    expect(code.filter((file) => marks.test(readFileSync(file, 'utf8'))).map(name)).toEqual([]);
  });

  test('a description stands on a line of its own above one thing, because it is shown with what follows it', () => {
    const besides = /\S.*\/\*\*.*\*\/;?$/m;
    const stacked = /\*\/\n *\/\*\*/;
    const glued = code.filter((file) => {
      const text = readFileSync(file, 'utf8');
      return stacked.test(text) || besides.test(text);
    });
    expect(glued.map(name)).toEqual([]);
  });

  test('SQL stands in files called store, because who asks what of the tables is found by the name; platform is made of it', () => {
    const asks = /\.(query|prepared)(<[^;]*?>)?\(/;
    const found = product.filter((file) => !/^platform\/|\bstore(-[a-z-]+)?\.ts$/.test(name(file)));
    expect(found.filter((file) => asks.test(readFileSync(file, 'utf8'))).map(name)).toEqual([]);
  });

  test('chance comes from the id source only, because numbers people quote must not be guessable', () => {
    expect(product.filter((file) => /Math\.random/.test(readFileSync(file, 'utf8'))).map(name)).toEqual([]);
  });
});

describe('data', () => {
  const migrations = readdirSync(join(root, 'migrations')).map((file) =>
    readFileSync(join(root, 'migrations', file), 'utf8'),
  );
  const sql = migrations.join('\n');
  /** Small and the same everywhere, or about the machine and not about people. */
  const regionFree = [
    'platform.calendar_day',
    'platform.calendar_coverage',
    'platform.outbox_cursor',
    'platform.secret',
    'platform.data_key',
    'identity.division',
    'identity.division_load',
    'catalog.version',
    // They belong to a version, which has none.
    'catalog.proposal',
    'catalog.verdict',
    // One log for a node, in one order: it is kept by its origin, and a node of its own has a log of its own.
    'ledger.log',
    'ledger.leaf',
    'ledger.tile',
    'ledger.checkpoint',
    'ledger.key_change',
    'ledger.cosignature',
    'ledger.witnessed',
  ];
  const tables = [...sql.matchAll(/create table (?:if not exists )?([\w.]+) \(([\s\S]*?)\n\)/g)].map(
    ([, table = '', body = '']) => ({ table, body }),
  );

  test('every table that grows has its region first in its key, because the tables are spread by it', () => {
    expect(tables.length).toBeGreaterThan(10);
    for (const { table, body } of tables.filter(({ table }) => !regionFree.includes(table))) {
      expect(/primary key \(region\b|^\s*region [^\n]*primary key/m.test(body), table).toBe(true);
    }
  });

  test('every migration has a number of its own and says its room, because the order is the number and nothing else says whose it is', () => {
    const names = readdirSync(join(root, 'migrations')).map(
      (file) => /^(\d{4})-([a-z]+)-[a-z0-9-]+\.sql$/.exec(file) ?? [file],
    );
    const numbers = names.map(([, number]) => number);
    expect(names.filter(([, , room]) => !room || !rooms().includes(room))).toEqual([]);
    expect(numbers.filter((number, at) => numbers.indexOf(number) < at)).toEqual([]);
  });

  test('every table says what it is for', () => {
    for (const { table } of tables) expect(sql.includes(`comment on table ${table} is`), table).toBe(true);
  });

  test('evidence is append-only by grant', () => {
    for (const table of [
      'cases.event',
      'cases.consent',
      'catalog.proposal',
      'catalog.verdict',
      'rights.answer',
      'rating.rating',
      'identity.organisation_act',
      'ledger.leaf',
      'ledger.checkpoint',
      'ledger.key_change',
      'ledger.trail',
    ]) {
      const grants = [...sql.matchAll(/grant ([a-z, ]+) on ([^;]*) to tongban_app/g)].filter(([, , on = '']) =>
        on.split(/,\s*/).includes(table),
      );
      expect(
        grants.map(([, rights]) => rights?.trim()),
        table,
      ).toEqual(['select, insert']);
    }
  });
});

function wrongImport(file: string, target: string): string[] {
  const from = roomOf(file);
  const to = roomOf(target);
  if (!from || !to || from === to) return [];
  const say = (because: string) => [`${name(file)} imports ${name(target)}: ${because}`];
  if (name(target) === 'house.ts' && (from === 'web' || from === 'demo')) return [];
  if (to === 'root') return say('the composition is above the rooms');
  if (from === 'root') return [];
  if (!target.endsWith('/door.ts')) return say('only doors');
  if (shared.includes(to) || mayOpen[from]?.includes(to)) return [];
  return say(`${from} may not open ${to}`);
}

function roomOf(file: string): string | undefined {
  const path = relative(source, file);
  if (path.startsWith('..')) return undefined;
  return path.includes('/') ? path.split('/')[0] : 'root';
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const found = [...text.matchAll(/(?:from|import)\s*\(?'(\.[^']+)'/g)].map(([, path = '']) =>
    resolve(dirname(file), path),
  );
  return found.filter((path) => path.startsWith(source));
}

function rooms(): string[] {
  return readdirSync(source).filter((entry) => statSync(join(source, entry)).isDirectory());
}

function walk(folder: string): string[] {
  return readdirSync(folder).flatMap((entry) => {
    const path = join(folder, entry);
    return statSync(path).isDirectory() ? walk(path) : [path];
  });
}

function lines(file: string): number {
  return readFileSync(file, 'utf8').trimEnd().split('\n').length;
}

function name(file: string): string {
  return relative(source, file);
}
