import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type House, openHouse } from '../src/house.ts';
import { openLog, readConfig } from '../src/platform/door.ts';
import { repositoryRoot } from '../src/web/root.ts';
import { grow } from './growth.ts';
import { verifying, withAndWithoutLedger } from './ledger.ts';
import { load, type Measured, send } from './load.ts';
import { liveWhole, type Newborns, newborns, signInAll } from './newborn.ts';
import { page } from './pages.ts';
import { draftOfFather } from './portal.ts';
import { call, type Product, startProduct } from './product.ts';
import { maskingCost, policyCost } from './rules.ts';
import { signIns } from './sign-in.ts';
import { type Row, table } from './table.ts';
import { middle, pair, transitions } from './transitions.ts';

const seconds = Number(process.env.BENCH_SECONDS ?? 4);
const many = Number(process.env.BENCH_MANY ?? 1_000_000);
const figures: Record<string, number> = {};
const rows: Row[] = [];

const root = repositoryRoot();
const product = await startProduct(root);
try {
  await measure(product);
} finally {
  await product.stop();
}
process.stdout.write(`\n${table(rows)}\n`);
await writeFile(join(root, 'bench.json'), `${JSON.stringify(figures, null, 2)}\n`);

async function measure(product: Product): Promise<void> {
  const config = readConfig(
    { DATABASE_URL: product.databaseUrl, TONGBAN_DATA: product.data, TONGBAN_DEMO: 'on' },
    root,
  );
  const house = await openHouse({
    config,
    url: product.databaseUrl,
    root,
    log: openLog('error'),
    clock: () => new Date(),
  });
  try {
    const people = await signInAll(product.base);
    const ways = await newborns(house, product, people);
    say('Putting in 1,000 cases …');
    const work = await accepted(ways, 1000);
    await transitionsBeside(product, ways, work);
    await ledger(product, ways, work);
    await lifecycles(ways);
    await pages(product, ways);
    await rules(house);
    await signingIn(house, product);
    await growth(product, ways, work);
  } finally {
    await house.close();
  }
}

type Work = { http: { number: string; item: string }[]; bare: string[] };

/** Accepted cases with an open branch: half to work on through HTTP, half for the bare statement. */
async function accepted(ways: Newborns, count: number): Promise<Work> {
  const numbers: string[] = [];
  let next = 0;
  const loop = async () => {
    while (next < count) {
      const { number } = await ways.submit(next++);
      const headers = ways.people.clerk.headers;
      const body = JSON.stringify({ commandId: `${number}-accept`, command: { type: 'accept' } });
      await send(`${ways.base}/api/v1/cases/${number}/commands`, { method: 'POST', headers, body });
      numbers.push(number);
    }
  };
  await Promise.all(Array.from({ length: 16 }, loop));
  const half = numbers.length / 2;
  return {
    http: numbers.slice(0, half).map((number) => ({ number, item: 'birth-certificate' })),
    bare: numbers.slice(half),
  };
}

async function transitionsBeside(product: Product, ways: Newborns, work: Work): Promise<void> {
  const health = ways.people.approvers['360121-health'];
  if (!health) throw new Error('no approver of health');
  await transitions(product.base, health, work.http, 32, seconds / 2); // warm
  for (const clients of [1, 32, 128]) {
    say(`Transitions with ${clients} clients …`);
    const { http, bare } = await pair(product, health, work, clients, seconds);
    note(`transition.${clients}`, `transition through HTTP, ${clients} clients`, http, http.perSecond / bare.perSecond);
    note(`bare.${clients}`, `the same rows by bare SQL, ${clients} clients`, bare);
    figures[`transition.ratio.${clients}`] = round(http.perSecond / bare.perSecond);
  }
}

async function ledger(product: Product, ways: Newborns, work: Work): Promise<void> {
  const health = ways.people.approvers['360121-health'];
  if (!health) throw new Error('no approver of health');
  say('Transitions with and without the log of acts …');
  const { on, off, caughtUpAfter } = await withAndWithoutLedger(product, health, work.http, 32, seconds);
  note('ledger.off', 'transition through HTTP without the log of acts, 32 clients', off);
  note('ledger.on', 'the same with the log of acts', on, on.perSecond / off.perSecond);
  figures['ledger.ratio'] = round(on.perSecond / off.perSecond);
  figures['ledger.caught_up_after_s'] = round(caughtUpAfter);
  say('Verifying a log of 1,000,000 leaves …');
  const { alone, withActs } = await verifying(1_000_000);
  figures['ledger.verify_1m_s'] = round(alone);
  figures['ledger.verify_1m_with_acts_s'] = round(withActs);
  say(
    `${alone.toFixed(1)} s, with its acts ${withActs.toFixed(1)} s; the log had caught up after ${caughtUpAfter.toFixed(1)} s`,
  );
}

async function lifecycles(ways: Newborns): Promise<void> {
  say('Whole lifecycles …');
  let index = 1_000_000;
  let requests = 0;
  const whole = await load(16, seconds * 2, async () => {
    const sent = await liveWhole(ways, await ways.submit(index++));
    requests += sent;
    return true;
  });
  note(
    'lifecycle',
    `whole newborn lifecycles (${Math.round(requests / whole.count)} requests each), 16 clients`,
    whole,
  );
}

async function pages(product: Product, ways: Newborns): Promise<void> {
  say('Pages …');
  const nothing = await load(32, seconds, async () => (await send(`${product.base}/healthz`)).status === 200);
  note('page.static', 'an answer without database or page (/healthz), 32 readers', nothing);
  const { father, draft } = await draftOfFather(product.base);
  const health = ways.people.approvers['360121-health'];
  const list: [string, string, Record<string, string>][] = [
    ['home', '/', {}],
    ['guide', '/items/senior-card', {}],
    ['question', `/apply/${draft}/child-name`, father.headers],
    ['inbox', '/desk/inbox?view=todo', health?.headers ?? {}],
  ];
  for (const [name, path, headers] of list) {
    const read = await page(name, product.base + path, { cookie: headers.cookie ?? '' }, seconds);
    note(`page.${name}`, `page ${name}, 32 readers`, read, read.perSecond / nothing.perSecond, read.gzip);
    figures[`page.${name}.gzip_bytes`] = read.gzip;
    figures[`page.${name}.repeat_gzip_bytes`] = read.repeatGzip;
    figures[`page.${name}.alone_p99_ms`] = round(read.alone.p99);
    figures[`page.${name}.ratio`] = round(read.perSecond / nothing.perSecond);
  }
}

async function growth(product: Product, ways: Newborns, work: Work): Promise<void> {
  const health = ways.people.approvers['360121-health'];
  if (!health) throw new Error('no approver of health');
  const rounds = async (): Promise<Measured> => {
    const list: Measured[] = [];
    for (let n = 0; n < 3; n++) list.push(await transitions(product.base, health, work.http, 32, seconds));
    return middle(list);
  };
  say('Growth: few cases …');
  const few = await rounds();
  say(`Growth: filling the tables to ${many.toLocaleString('en')} cases …`);
  const began = performance.now();
  await grow(product.databaseUrl, await templates(ways), many);
  say(`… took ${((performance.now() - began) / 1000).toFixed(0)} s`);
  await rounds(); // the caches of a grown database
  const grown = await rounds();
  const ratio = grown.perSecond / few.perSecond;
  note('growth.few', 'transition with about 1,000 cases, 32 clients', few);
  note('growth.many', `transition with ${many.toLocaleString('en')} cases, 32 clients`, grown, ratio);
  figures['growth.ratio.1m'] = round(ratio);
  const inbox = await page(
    'inbox',
    `${product.base}/desk/inbox?view=todo`,
    { cookie: health.headers.cookie ?? '' },
    seconds,
  );
  note('growth.inbox', `page inbox with ${many.toLocaleString('en')} cases, 32 readers`, inbox);
}

async function rules(house: House): Promise<void> {
  figures['policy.check_us'] = round(await policyCost(house));
  figures['masking.ratio'] = round(maskingCost(house));
  say(
    `A question to the policy ${figures['policy.check_us']} µs; a masked list ${figures['masking.ratio']} × one in full`,
  );
}

async function signingIn(house: House, product: Product): Promise<void> {
  say('Twenty people sign in with their passwords at once …');
  const { calm, pressed } = await signIns(house, product.base, seconds * 2);
  note('sign-in', 'sign-in with a password, 20 at once', calm.signIn);
  note('sign-in.reader', 'home page meanwhile, 20 a second', calm.reader);
  note('sign-in.pressed', 'sign-in with a password, 20 at once, beside a flood of pages', pressed.signIn);
  note('sign-in.flood', 'the flood: home page, one program as fast as it can', pressed.reader);
}

/** Two cases of one branch to copy: one that is over, as nearly all are, and one whose branch is open. */
async function templates(ways: Newborns): Promise<{ closed: string; open: string }> {
  const [closed, open] = [await ways.submitSingle(2_000_001), await ways.submitSingle(2_000_002)];
  await liveWhole(ways, closed);
  const body = { commandId: `${open.number}-accept`, command: { type: 'accept' } };
  await call(ways.base, ways.people.clerk, 'POST', `/api/v1/cases/${open.number}/commands`, body);
  return { closed: closed.number, open: open.number };
}

function note(name: string, about: string, measured: Measured, ratio?: number, gzip?: number): void {
  if (measured.failed > 0) throw new Error(`${name}: ${measured.failed} of ${measured.count} failed`);
  figures[`${name}.per_second`] = round(measured.perSecond);
  for (const key of ['p50', 'p95', 'p99'] as const) figures[`${name}.${key}_ms`] = round(measured[key]);
  rows.push({ about, ...measured, ratio, gzip });
  say(table(rows.slice(-1)).split('\n').at(-1) ?? '');
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
