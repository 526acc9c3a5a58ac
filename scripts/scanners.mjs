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

/** Parameters and forms that reach the database, as those who send them. Each has two minutes at most, or five at a pace. */
export async function sqlmap(instance) {
  if (!there('sqlmap')) return { said: 'not on this machine (Debian: apt-get install sqlmap)' };
  const [visitor, supervisor, clerk, father] = [
    await visit(instance),
    ...(await Promise.all(['supervisor', 'clerk-liantang', 'father'].map((persona) => signIn(instance, persona)))),
  ];
  const draft = await startForm(instance, father);
  const targets = [
    ['/search?q=card', visitor],
    ['/api/v1/divisions?parent=360121000000', visitor],
    [
      '/watch/cases?measure=submitted&division=360121100000&agency=360121-health&item=birth-certificate&page=1',
      supervisor,
    ],
    ['/api/v1/watch/figures?from=2026-01-01&division=360121100000&agency=360121-health&item=x', supervisor],
    ['/sign-in', visitor, 'name=clerk&password=wrong'],
    // Once a second is the pace of the search: past it "wait" would look like an answer of the database.
    ['/desk/search', clerk, 'q=card', 1],
    [`/apply/${draft}/child-name`, father, 'child_name=card'],
  ];
  const [found, unknown] = [[], []];
  for (const [path, who, data, delay = 0] of targets) {
    const reached = await ask(instance, path, who, data);
    // A form is answered with what is wrong in it (422) or sent on to the next page (303).
    if (![200, ...(data ? [303, 422] : [])].includes(reached.status))
      found.push(`${path} answers ${reached.status}: nothing behind it was tried`);
    const minutes = delay > 0 ? 5 : 2;
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
      `--threads=${delay > 0 ? 1 : 2}`,
      `--delay=${delay}`,
      '--flush-session',
      `--output-dir=${out}`,
      '--disable-coloring',
    ];
    args.push(`--cookie=${who.cookie}`, '--skip=tb_session,tb_guest,x-csrf-token');
    // What a form answers of a name or word that is not right is an answer; its page after it is not asked for.
    if (data)
      args.push(`--data=${data}`, `--headers=x-csrf-token: ${who.csrf}`, '--ignore-code=422', '--ignore-redirects');
    const done = spawnSync('sqlmap', [...args, ...pace], { encoding: 'utf8', timeout: minutes * 60_000 });
    rmSync(out, { recursive: true, force: true });
    const text = `${done.stdout}`;
    // It thinks so of many and then looks closer: what it has taken back is nothing.
    const cleared = /all tested parameters do not appear to be injectable/.test(text);
    const suspicious =
      /is vulnerable|identified the following injection|appears to be .*injectable|is '.*' injectable/i;
    const wrong = cleared ? [] : text.split('\n').filter((line) => suspicious.test(line));
    found.push(...wrong.map((line) => `${path}: ${line.trim()}`));
    const ended = cleared ? 'nothing' : done.error ? `stopped after ${minutes} minutes` : 'no verdict';
    const verdict = /429 \(Too Many Requests\)/.test(text) ? 'kept off by the limits of pace' : ended;
    if (verdict !== 'nothing' && wrong.length === 0) unknown.push(path);
    console.log(`  ${path}: ${wrong.length > 0 ? wrong.join('; ') : verdict}`);
  }
  const silent = unknown.length > 0 ? `, no verdict for ${unknown.join(', ')}: nothing is known of them` : '';
  return { found, said: `${targets.length} addresses${silent}` };
}

/** As a visitor and as somebody who applies: two minutes each, few links, few kinds of attack. */
export async function wapiti(instance) {
  if (!there('wapiti')) return { said: 'not on this machine (Debian: apt-get install wapiti)' };
  const silent = [];
  const father = await signIn(instance, 'father');
  const draft = await startForm(instance, father);
  // Pages with forms to begin at, so that they are reached before the time is over.
  const forms = {
    visitor: '/sign-in',
    father: `/apply/${draft}/child-name`,
    clerk: '/desk/search',
    supervisor: '/watch',
  };
  const cookies = {
    visitor: '',
    father: father.cookie,
    clerk: (await signIn(instance, 'clerk-liantang')).cookie,
    supervisor: (await signIn(instance, 'supervisor')).cookie,
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
    const args = [
      '-u',
      `${instance.url}/`,
      '-s',
      instance.url + forms[who],
      ...scope,
      ...what,
      '-f',
      'json',
      '-o',
      file,
    ];
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

/** The cookie and the token of a visitor: what every form of theirs needs. */
async function visit(instance) {
  const first = await ask(instance, '/api/v1/session', {});
  return { cookie: cookiesOf(first), csrf: (await first.json()).csrf };
}

async function signIn(instance, persona) {
  const second = await ask(instance, '/api/v1/session', await visit(instance), { persona });
  return { cookie: cookiesOf(second), csrf: (await second.json()).csrf };
}

/** A form that has been begun: its questions and its list are there to be tried. */
async function startForm(instance, who) {
  const newborn = { subject: { kind: 'bundle', id: 'newborn' }, division: '360121100000' };
  const situation = { household: 'father', parents_married: 'yes', mother_insured: 'no', wants_card: 'yes' };
  const body = { ...newborn, commandId: crypto.randomUUID(), situation: { ...situation, has_birth_record: 'yes' } };
  return (await (await ask(instance, '/api/v1/drafts', who, body)).json()).id;
}

/** A visit, a form (text) or a document, as a browser or a machine of theirs sends it. */
function ask(instance, path, { cookie = '', csrf = '' }, body) {
  // A scanner holds this process up for minutes: a connection that was kept would be gone by then.
  const headers = { cookie, 'x-csrf-token': csrf, connection: 'close' };
  if (body === undefined) return fetch(instance.url + path, { headers, redirect: 'manual' });
  const type = typeof body === 'string' ? 'application/x-www-form-urlencoded' : 'application/json';
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const form = { method: 'POST', headers: { ...headers, 'content-type': type }, body: text };
  return fetch(instance.url + path, { ...form, redirect: 'manual' });
}

function cookiesOf(answer) {
  const pairs = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  return pairs.join('; ');
}
