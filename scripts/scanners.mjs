// What npm run security asks of an instance from outside: a check of headers, and scanners written by others.
// Each gives { found: what is wrong, a line each, said: what was done, or why nothing was }.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Headers of every kind of answer, and flags of cookies. */
export async function headers(instance) {
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
export async function sqlmap(instance) {
  if (!there('sqlmap')) return { said: 'not on this machine (Debian: apt-get install sqlmap)' };
  const supervisor = await signIn(instance, 'supervisor');
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
export async function wapiti(instance) {
  if (!there('wapiti')) return { said: 'not on this machine (Debian: apt-get install wapiti)' };
  const silent = [];
  const cookies = {
    visitor: '',
    father: await signIn(instance, 'father'),
    supervisor: await signIn(instance, 'supervisor'),
  };
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

async function signIn(instance, persona) {
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
