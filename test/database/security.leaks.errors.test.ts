import { beforeAll, describe, expect, test } from 'vitest';
import { openDb, openLog } from '../../src/platform/door.ts';
import { ordinaryForm } from '../../src/platform/http.ts';
import { type Client, openProduct, type Product } from '../support/api.ts';
import { atEnd } from '../support/endings.ts';
import { idCardOf, listenTo, openEar, seeker } from '../support/leaks.ts';
import { fillIn } from '../support/newborn.ts';

/** Every way of being refused: nobody is told what is kept of somebody else, no document repeats what was sent, and the log neither. */
const kept = {
  child: '鲜于璎珞',
  mother: '万俟窈窕',
  motherCard: idCardOf('36012119960606664'),
  motherPhone: '13591246802',
};
const sent = { name: '钟离骕骦', card: idCardOf('36012119860404442'), phone: '13494682024' };
const found = seeker({ ...kept, ...sent });
const typed = sent.name + sent.card + sent.phone;

const heard = openEar();
let product: Product;
const who: Record<string, Client> = {};
let number = '';
let draft = '';

beforeAll(async () => {
  product = await openProduct(undefined, {}, heard.log);
  listenTo(product, heard, found);
  for (const name of ['father', 'mother', 'clerk-liantang', 'clerk-anyi', 'admin', 'security-admin'])
    who[name] = await product.as(name);
  who.guest = await product.as();
  const seeded = {
    ...{ child_name: kept.child, mother_name: kept.mother },
    ...{ mother_id_card: kept.motherCard, mother_phone: kept.motherPhone },
  };
  const first = await fillIn(of('father'), seeded);
  draft = await fillIn(of('father'), seeded);
  const { body } = await of('father').call<{ number: string }>('POST', `/api/v1/drafts/${first}/submission`, {
    consent: true,
  });
  number = body.number;
}, 60_000);

const of = (name: string): Client => who[name] as Client;
/** A form from no page, or from a page of the site when it comes from one. */
async function post(name: string, url: string, form: Record<string, string>, csrf = of(name).csrf) {
  const headers = { cookie: of(name).cookie, 'content-type': 'application/x-www-form-urlencoded' };
  const payload = new URLSearchParams({ ...form, _csrf: csrf }).toString();
  const answer = await product.app.inject({ method: 'POST', url, headers, payload });
  return { status: answer.statusCode, text: answer.payload };
}
const get = async (name: string, url: string) => of(name).call('GET', url);
const act = (name: string, command: object, commandId: string) =>
  of(name).call('POST', `/api/v1/cases/${number}/commands`, { command, commandId });

type Told = { status: number; text: string };
type Way = [what: string, status: number, ask: () => Promise<Told>];
const visits: Way[] = [
  ...(['', '/api/v1'] as const).map((under): Way => {
    const url = `${under}/%E0%A4%A/${encodeURIComponent(typed)}`;
    return [`an address that cannot be read, under ${under || '/'}`, 400, () => get('guest', url)];
  }),
  ['nothing there', 404, () => get('father', `/api/v1/nowhere/${encodeURIComponent(typed)}`)],
  ['somebody else’s case', 404, () => get('mother', `/cases/${number}`)],
  ['somebody else’s case, to a program', 404, () => get('mother', `/api/v1/cases/${number}`)],
  ['a case of another county', 404, () => get('clerk-anyi', `/desk/cases/${number}`)],
  ['a case, for an administrator', 404, () => get('admin', `/desk/cases/${number}`)],
  ['the queue of a counter, for an administrator', 403, () => get('admin', '/desk/queue')],
  ['the trail, for who grants powers', 403, () => get('security-admin', '/admin/trail')],
  ['a draft without a session', 401, () => get('guest', `/api/v1/drafts/${draft}`)],
  ['a form without its token', 403, () => post('father', `/apply/${draft}/mother`, { mother_name: sent.name }, '')],
  ['a form that is too long', 422, () => post('father', '/organisation', { organisation: typed.repeat(2000) })],
];

const documents: Way[] = [
  ['JSON that ends in the middle', 422, () => broken(`{"answers":{"mother_name":"${typed}`)],
  ['JSON of the wrong shape', 422, () => patch({ answers: { mother_name: { first: typed } }, more: typed })],
  ['an answer that is wrong', 422, () => patch({ answers: { mother_id_card: `${sent.card}${typed}` } })],
  ['a character there is no place for', 422, () => patch({ answers: { mother_name: `${typed}\0` } })],
  ['too much of it', 422, () => patch({ answers: { mother_name: typed.repeat(ordinaryForm / 20) } })],
  [
    'another’s draft',
    404,
    () => of('mother').call('PATCH', `/api/v1/drafts/${draft}`, { answers: { mother_name: sent.name } }),
  ],
  [
    'an application at the counter',
    422,
    () => of('clerk-liantang').call('POST', '/api/v1/cases', { applicant: { name: sent.name, idCard: sent.card } }),
  ],
  [
    'a name and a password',
    403,
    () => of('guest').call('POST', '/api/v1/session', { name: sent.name, password: typed }),
  ],
  [
    'what the case does not allow',
    409,
    async () => {
      await act('clerk-liantang', { type: 'accept' }, 'errors.1');
      return act('clerk-liantang', { type: 'accept' }, 'errors.2');
    },
  ],
  ['somebody else’s act', 404, () => act('mother', { type: 'not-accept', reason: typed }, 'errors.3')],
];
const patch = (body: unknown) => of('father').call('PATCH', `/api/v1/drafts/${draft}`, body);
const broken = (text: string) =>
  of('father').call('PATCH', `/api/v1/drafts/${draft}`, Buffer.from(text), { 'content-type': 'application/json' });

describe('an error tells nothing of anybody', () => {
  test.each(visits)('on a page: %s', async (_what, status, ask) => {
    const told = await ask();
    expect([told.status, found(told.text)]).toEqual([status, []]);
  });

  test.each(documents)('in a document: %s', async (_what, status, ask) => {
    const told = await ask();
    expect([told.status, found(told.text)]).toEqual([status, []]);
  });

  test('when the database refuses a row and says which', async () => {
    const owner = openDb({ url: product.house.config.databaseUrl ?? '', log: openLog('silent'), max: 1 });
    atEnd(() => owner.end());
    await owner.query('alter table cases.draft add constraint refused check (false) not valid');
    const row = `update cases.draft set owner = '${sent.name}'`;
    await expect(owner.query(row)).rejects.toMatchObject({ detail: expect.stringContaining(sent.name) });
    const told = [
      await patch({ answers: { mother_name: sent.name, mother_id_card: sent.card } }),
      await post('father', `/apply/${draft}/mother`, {
        ...{ mother_name: sent.name, mother_id_card: sent.card, mother_phone: sent.phone },
      }),
    ];
    await owner.query('alter table cases.draft drop constraint refused');
    for (const { status, text } of told) expect([status, found(text)]).toEqual([503, []]);
  });
});

test('and the log tells of every one without saying of whom', () => {
  const log = heard.lines.join('');
  const problems = new Set([...log.matchAll(/"problem":"([\w-]+)"/g)].map(([, code]) => code));
  for (const code of ['form-invalid', 'form-too-large', 'not-allowed', 'case-not-found', 'page-expired', 'internal'])
    expect(problems, code).toContain(code);
  expect(log).toContain('"errorCode":"23514"');
  expect(found(log)).toEqual([]);
  expect(found([...heard.addresses, ...heard.cookies, ...heard.headers].join('\n'))).toEqual([]);
});
