// npm test: everything that can be checked, from types to journeys in a browser. All of it runs even when a part fails.
// npm test -- --project unit catalog: only that project, only files whose path has "catalog" in it.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { audit } from './audit.mjs';
import { chineseFont, chromium } from './find.mjs';
import { build, ensureInstalled, node24, root } from './setup.mjs';

const { projects, filters } = wishes(process.argv.slice(2));
ensureInstalled();
const node = node24();
const env = { ...process.env, TONGBAN_NODE: node };
if (projects.includes('journeys')) {
  env.CHROMIUM = chromium();
  Object.assign(env, chineseFont());
}
mkdirSync(join(root, 'dist'), { recursive: true });

const results = [
  single('type check', 'typescript/bin/tsc', '--noEmit', '-p', '.'),
  single('lint', '@biomejs/biome/bin/biome', 'check'),
];
if (filters.length === 0) results.push(packages());
for (const project of projects) {
  if (project === 'journeys') await build();
  results.push(tests(project));
}
report();

/** Packages with known weaknesses; where the registry does not say, that is said and nothing fails. */
function packages() {
  console.log('\n— packages');
  const { said, found } = audit();
  for (const line of found) console.log(line);
  if (said) console.log(`Not checked: ${said}.`);
  return {
    name: 'packages',
    passed: Number(!said && found.length === 0),
    failed: found.length,
    skipped: Number(Boolean(said)),
  };
}

/** One tool that is right or wrong as a whole. */
function single(name, program, ...args) {
  console.log(`\n— ${name}`);
  const done = spawnSync(node, [join(root, 'node_modules', program), ...args], { cwd: root, stdio: 'inherit', env });
  return { name, passed: Number(done.status === 0), failed: Number(done.status !== 0), skipped: 0 };
}

function tests(project) {
  console.log(`\n— ${project}`);
  const file = join(root, 'dist', `test-${project}.json`);
  rmSync(file, { force: true });
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const reporting = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`, '--passWithNoTests'];
  const done = spawnSync(node, [vitest, 'run', '--project', project, ...reporting, ...filters], {
    cwd: root,
    stdio: 'inherit',
    env,
  });
  const counts = count(file);
  // A set-up that failed, an error outside any test: no test failed, and still it did not pass.
  if (done.status !== 0 && counts.failed === 0) counts.failed = 1;
  return { name: project, ...counts };
}

function count(file) {
  try {
    const found = JSON.parse(readFileSync(file, 'utf8'));
    const broken = found.testResults.filter(
      (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
    ).length;
    return {
      passed: found.numPassedTests,
      failed: found.numFailedTests + broken,
      skipped: found.numPendingTests + found.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

function wishes(args) {
  const all = ['unit', 'database', 'journeys'];
  const chosen = [];
  const filters = [];
  while (args.length > 0) {
    const arg = args.shift();
    if (arg === '--project') chosen.push(args.shift());
    else if (arg.startsWith('--project=')) chosen.push(arg.slice('--project='.length));
    else filters.push(arg);
  }
  return { projects: chosen.length > 0 ? all.filter((name) => chosen.includes(name)) : all, filters };
}

function report() {
  const sum = (what) => results.reduce((total, result) => total + result[what], 0);
  console.log('');
  for (const { name, passed, failed, skipped } of results)
    console.log(
      `${failed > 0 ? '✗' : '✓'} ${name.padEnd(12)} ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
    );
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  process.exitCode = sum('failed') > 0 ? 1 : 0;
}
