// npm run security: what an attacker would try first, against an instance on loopback that is made for it and thrown away.
// npm run security -- sqlmap: only the parts named. New findings fail; known ones stand with a reason in test/security/known.yaml.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { audit } from './audit.mjs';
import { startInstance } from './instance.mjs';
import { headers, sqlmap, wapiti } from './scanners.mjs';
import { ensureInstalled, node24, root } from './setup.mjs';

const chosen = process.argv.slice(2);
ensureInstalled();
const { parse } = await import('yaml');
const known = parse(readFileSync(join(root, 'test/security/known.yaml'), 'utf8')) ?? [];
mkdirSync(join(root, 'dist'), { recursive: true });
const results = [];

const parts = { audit: packages, headers, tests, sqlmap, wapiti };
const needInstance = ['headers', 'sqlmap', 'wapiti'];
const wanted = Object.keys(parts).filter((name) => chosen.length === 0 || chosen.includes(name));
const instance = wanted.some((name) => needInstance.includes(name)) ? await startInstance() : undefined;
try {
  for (const name of wanted) {
    console.log(`\n— ${name}`);
    const { found = [], said = '' } = await parts[name](instance);
    results.push({ name, found, said });
  }
} finally {
  await instance?.stop();
}
report();

function packages() {
  return audit();
}

/** Crawl, objects of others, fuzzing: in a process of their own, on a real database, with a clock that goes on. */
function tests() {
  const file = join(root, 'dist', 'test-security.json');
  rmSync(file, { force: true });
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const args = ['run', '--project', 'security', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const done = spawnSync(node24(), [vitest, ...args], { cwd: root, stdio: 'inherit' });
  if (!existsSync(file)) return { found: [`vitest ended with ${done.status} and without a report`] };
  const { testResults, numPassedTests } = JSON.parse(readFileSync(file, 'utf8'));
  const failed = testResults.flatMap(({ name, status, assertionResults }) => {
    const wrong = assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
    return status === 'failed' && wrong.length === 0 ? [`${name} could not begin`] : wrong;
  });
  return { found: failed, said: `${numPassedTests} passed` };
}

function report() {
  console.log('');
  let fresh = 0;
  for (const { name, found, said } of results) {
    const lines = found.map((line) => ({
      line,
      reason: known.find((one) => one.part === name && line.includes(one.finding))?.reason,
    }));
    const bad = lines.filter(({ reason }) => !reason);
    fresh += bad.length;
    console.log(
      `${bad.length > 0 ? '✗' : /not on this machine|nothing is known|does not offer/.test(said) ? '–' : '✓'} ${name.padEnd(8)} ${found.length} found, ${bad.length} new${said ? ` (${said})` : ''}`,
    );
    for (const { line, reason } of lines)
      console.log(`    ${reason ? 'known' : 'NEW  '} ${line}${reason ? ` — ${reason}` : ''}`);
  }
  process.exitCode = fresh > 0 ? 1 : 0;
}
