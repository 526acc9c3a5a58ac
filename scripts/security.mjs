// npm run security: what an attacker would try first, against an instance on loopback that is made for it and thrown away.
// npm run security -- sqlmap: only the parts named. New findings fail; known ones stand with a reason in test/security/known.yaml.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { audit } from './audit.mjs';
import { build, ensureInstalled, node24, root } from './setup.mjs';

const chosen = process.argv.slice(2);
ensureInstalled();
const { parse } = await import('yaml');
const known = parse(readFileSync(join(root, 'test/security/known.yaml'), 'utf8')) ?? [];
mkdirSync(join(root, 'dist'), { recursive: true });
const results = [];

const parts = { audit: packages, headers, tests, sqlmap, wapiti };
const needInstance = ['headers', 'sqlmap', 'wapiti'];
const wanted = Object.keys(parts).filter((name) => chosen.length === 0 || chosen.includes(name));
const instance = wanted.some((name) => needInstance.includes(name)) ? await start() : undefined;
try {
  for (const name of wanted) {
    console.log(`\n— ${name}`);
    const { found = [], said = '' } = await parts[name]();
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

async function headers() {
  const needed = {
    'x-content-type-options': /^nosniff$/,
    'x-frame-options': /^DENY$/,
    'referrer-policy': /^same-origin$/,
    'cross-origin-opener-policy': /^same-origin$/,
    'cross-origin-resource-policy': /^same-origin$/,
    'permissions-policy': /geolocation=\(\)/,
    'content-security-policy': /frame-ancestors 'none'/,
  };
  const pages = [
    '/',
    '/sign-in',
    '/nowhere',
    '/desk',
    '/api/v1/items',
    '/api/v1/cases',
    '/assets/icon.svg',
    '/metrics',
    '/%',
  ];
  const found = [];
  for (const page of pages) {
    const answer = await fetch(instance.url + page, { redirect: 'manual' });
    for (const [name, right] of Object.entries(needed))
      if (!right.test(answer.headers.get(name) ?? '')) found.push(`${page}: ${name} is ${answer.headers.get(name)}`);
    for (const cookie of answer.headers.getSetCookie())
      if (!/HttpOnly/i.test(cookie) || !/SameSite/i.test(cookie))
        found.push(`${page}: ${cookie.split('=')[0]} lacks a flag`);
  }
  return { found, said: `${pages.length} addresses` };
}

/** Parameters that reach the database, as a visitor and as a supervisor. Each has two minutes at most. */
async function sqlmap() {
  if (!there('sqlmap')) return { said: 'not on this machine (Debian: apt-get install sqlmap)' };
  const supervisor = await signIn('supervisor');
  const targets = [
    ['/search?q=card', ''],
    ['/api/v1/divisions?parent=360121000000', ''],
    [
      '/watch/cases?measure=submitted&division=360121100000&agency=360121-health&item=birth-certificate&page=1',
      supervisor,
    ],
    ['/api/v1/watch/figures?from=2026-01-01&division=360121100000&agency=360121-health&item=x', supervisor],
  ];
  const found = [];
  for (const [path, cookie] of targets) {
    const reached = await fetch(instance.url + path, { headers: { cookie }, redirect: 'manual' });
    if (reached.status !== 200) found.push(`${path} answers ${reached.status}: nothing behind it was tried`);
    const out = mkdtempSync(join(tmpdir(), 'tongban-sqlmap-'));
    const args = [
      '-u',
      instance.url + path,
      '--batch',
      '--level=2',
      '--risk=1',
      '--technique=BEUS',
      '--dbms=postgresql',
    ];
    const pace = [
      '--timeout=10',
      '--retries=1',
      '--threads=2',
      '--flush-session',
      `--output-dir=${out}`,
      '--disable-coloring',
    ];
    if (cookie) args.push(`--cookie=${cookie}`, '--skip=tb_session,tb_guest');
    const done = spawnSync('sqlmap', [...args, ...pace], { encoding: 'utf8', timeout: 120_000 });
    rmSync(out, { recursive: true, force: true });
    const text = `${done.stdout}`;
    const wrong = text
      .split('\n')
      .filter((line) =>
        /is vulnerable|identified the following injection|appears to be .*injectable|is '.*' injectable/i.test(line),
      );
    found.push(...wrong.map((line) => `${path}: ${line.trim()}`));
    const verdict = /do not appear to be injectable/.test(text)
      ? 'nothing'
      : done.error
        ? 'stopped after two minutes'
        : 'no verdict';
    console.log(`  ${path}: ${wrong.length > 0 ? wrong.join('; ') : verdict}`);
  }
  return { found, said: `${targets.length} addresses` };
}

/** As a visitor and as somebody who applies: two minutes each, few links, few kinds of attack. */
async function wapiti() {
  if (!there('wapiti')) return { said: 'not on this machine (Debian: apt-get install wapiti)' };
  const silent = [];
  const cookies = { visitor: '', father: await signIn('father'), supervisor: await signIn('supervisor') };
  const found = [];
  for (const [who, cookie] of Object.entries(cookies)) {
    const out = mkdtempSync(join(tmpdir(), 'tongban-wapiti-'));
    const file = join(out, 'report.json');
    const scope = [
      '--scope',
      'folder',
      '-d',
      '3',
      '--max-links-per-page',
      '15',
      '--max-files-per-dir',
      '20',
      '--max-scan-time',
      '45',
      '--max-attack-time',
      '20',
    ];
    const what = [
      '-m',
      'exec,file,sql,xss,permanentxss,crlf,redirect,backup',
      '--flush-session',
      '--no-bugreport',
      '-t',
      '5',
    ];
    const args = ['-u', `${instance.url}/`, ...scope, ...what, '-f', 'json', '-o', file];
    if (cookie) args.push('-H', `Cookie: ${cookie}`);
    const done = spawnSync('wapiti', args, { encoding: 'utf8', timeout: 240_000, env: { ...process.env, HOME: out } });
    const answer = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
    rmSync(out, { recursive: true, force: true });
    if (!answer) silent.push(who);
    if (!answer) {
      console.log(
        `  ${who}: no report (${done.error?.code ?? done.status}) ${String(done.stderr).trim().split('\n').at(-1)}`,
      );
      continue;
    }
    const wrong = Object.entries({ ...answer.vulnerabilities, ...answer.anomalies }).flatMap(([kind, list]) =>
      list.map(({ method, path, parameter }) => `${kind}: ${method} ${path} ${parameter ?? ''}`.trim()),
    );
    console.log(`  ${who}: ${wrong.length} found`);
    found.push(...wrong);
  }
  return {
    found: [...new Set(found)],
    said: silent.length > 0 ? `no report for ${silent.join(', ')}: nothing is known` : Object.keys(cookies).join(', '),
  };
}

function there(program) {
  return (process.env.PATH ?? '')
    .split(':')
    .some((folder) => folder && existsSync(folder) && readdirSync(folder).includes(program));
}

async function signIn(persona) {
  const first = await fetch(`${instance.url}/api/v1/session`);
  const { csrf } = await first.json();
  const headers = { 'content-type': 'application/json', 'x-csrf-token': csrf, cookie: cookiesOf(first) };
  const second = await fetch(`${instance.url}/api/v1/session`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ persona }),
  });
  return cookiesOf(second);
}

function cookiesOf(answer) {
  const pairs = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  return pairs.join('; ');
}

/** A demonstration on a free port with a folder of its own, gone afterwards. */
async function start() {
  await build();
  const folder = mkdtempSync(join(tmpdir(), 'tongban-security-'));
  spawnSync('chmod', ['755', folder]); // started by root, PostgreSQL runs as another user
  const env = {
    ...process.env,
    DATABASE_URL: '',
    TONGBAN_DEMO: 'on',
    TONGBAN_DEMO_CASES: '60',
    TONGBAN_DATA: folder,
    PORT: String(await freePort()),
  };
  const child = spawn(node24(), ['--enable-source-maps', join(root, 'dist/main.js')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise((resolve, reject) => {
    let said = '';
    child.once('exit', (code) => reject(new Error(`the instance ended with ${code}`)));
    child.stdout.on('data', (data) => {
      said += data;
      const [, address] = /ready at (http:\S+)/.exec(said) ?? [];
      if (address) resolve(address);
    });
  });
  const stop = () =>
    new Promise((resolve) => {
      child.removeAllListeners('exit');
      child.once('exit', () => {
        rmSync(folder, { recursive: true, force: true });
        resolve();
      });
      child.kill('SIGTERM');
    });
  return { url, stop };
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
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
