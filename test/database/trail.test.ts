import { beforeAll, describe, expect, test } from 'vitest';
import { addStaff } from '../../src/identity/door.ts';
import { openDb, openLog } from '../../src/platform/door.ts';
import { type Client, openProduct, type Product } from '../support/api.ts';
import { answers, submitted } from '../support/newborn.ts';

/** What the product leaves in its trail, and that nothing is shown which cannot be written down. */
let product: Product;
let father: Client;
let clerk: Client;
beforeAll(async () => {
  product = await openProduct();
  father = await product.as('father');
  clerk = await product.as('clerk-liantang');
});

type Noted = Record<string, unknown> & { detail: Record<string, unknown> | null };

/** What was added to the trail while something was done. */
async function during(work: () => Promise<unknown>): Promise<Noted[]> {
  const { db } = product.house;
  const [last] = await db.query<{ position: number }>(
    'select coalesce(max(position), 0) as position from ledger.trail',
  );
  await work();
  return db.query(
    `select kind, what, who_kind, who_id, network, whose, about, reason, outcome, request_id, detail from ledger.trail
      where position > $1 order by position`,
    [last?.position],
  );
}

function post(client: Client, url: string, form: Record<string, string>) {
  const headers = { cookie: client.cookie, 'x-csrf-token': client.csrf };
  return product.app.inject({ method: 'POST', url, payload: form, headers });
}
const act = (who: Client, number: string, command: object, id: string) =>
  who.call('POST', `/api/v1/cases/${number}/commands`, { command, commandId: `command-${id}` });

describe('signing in', () => {
  const password = 'correct horse battery staple 42';
  beforeAll(() =>
    addStaff(product.house, {
      ...{ region: '360121', login: 'wan.li', name: '万丽', agency: '360121-health', division: '360121000000' },
      ...{ roles: ['approver'], password },
    }),
  );

  test('done, wrong and out leave who, from where and with what outcome', async () => {
    const guest = await product.as();
    const id = await product.house.identity.staff.idOf('360121', 'wan.li');
    const wrong = await during(() => post(guest, '/sign-in', { name: 'wan.li', password: 'wrong' }));
    expect(wrong).toMatchObject([
      { what: 'sign-in.first-step', outcome: 'failed', who_kind: 'guest', about: id, network: '127.0.0.0/24' },
    ]);
    const unknown = await during(() => post(guest, '/sign-in', { name: 'my-password-by-mistake', password: 'x' }));
    expect(unknown).toMatchObject([{ what: 'sign-in.first-step', outcome: 'failed' }]);
    expect(JSON.stringify(unknown)).not.toContain('my-password');
    const nowhere = { region: '999999', name: 'wan.li', password };
    expect(await during(() => guest.call('POST', '/api/v1/session', nowhere)), 'no county of ours').toEqual([]);
    const right = await during(() => post(guest, '/sign-in', { name: 'wan.li', password }));
    expect(right).toMatchObject([{ kind: 'sign-in', what: 'sign-in', outcome: 'done', who_kind: 'staff', who_id: id }]);
    const out = await during(async () => (await product.as('mother')).call('DELETE', '/api/v1/session'));
    expect(out).toMatchObject([
      { what: 'sign-in', outcome: 'done', who_kind: 'person' },
      { what: 'sign-out', outcome: 'done', who_kind: 'person' },
    ]);
  });

  test('ending sessions and changing a password are noted, also when it did not work', async () => {
    const approver = await product.as('approver-tax');
    const form = { current: '', next: 'short', again: 'other' };
    expect(await during(() => post(approver, '/account/password', form))).toMatchObject([
      { kind: 'act', what: 'account.password', outcome: 'failed', who_kind: 'staff' },
    ]);
    expect(await during(() => post(approver, '/account/sessions/end-others', {}))).toMatchObject([
      { kind: 'sign-out', what: 'session.end-others', outcome: 'done' },
    ]);
  });
});

describe('a case', () => {
  let number: string;
  beforeAll(async () => {
    number = await submitted(father);
  });

  test('leaves nothing when the applicant reads it', async () => {
    expect(await during(() => father.call('GET', `/api/v1/cases/${number}`))).toEqual([]);
    expect(await during(() => father.call('GET', `/cases/${number}`))).toEqual([]);
  });

  test('is read by the counter that has to answer it: that is a reason, and is noted', async () => {
    const [noted, ...more] = await during(() => clerk.call('GET', `/desk/cases/${number}`));
    expect(noted).toMatchObject({
      ...{ kind: 'reading', what: 'case.read', about: number, reason: 'work', outcome: 'done' },
      ...{ who_kind: 'staff', who_id: '360121-clerk-liantang', detail: { shown: 'full' } },
    });
    expect(noted?.whose).toMatch(/^360121-/);
    expect(noted?.request_id).toBeTruthy();
    expect(more).toEqual([]);
    expect(await during(() => clerk.call('GET', `/desk/cases/${number}/slip`))).toMatchObject([
      { kind: 'export', what: 'case.print' },
    ]);
  });

  test('is masked where it is nobody’s work, on pages and in the interface, until they say why', async () => {
    await act(clerk, number, { type: 'accept' }, 'accept');
    const masked = await clerk.call('GET', `/desk/cases/${number}`);
    expect(masked.text).not.toContain(answers.father_id_card);
    const document = await clerk.call<{ answers: Record<string, string> }>('GET', `/api/v1/cases/${number}`);
    expect(document.text).not.toContain(answers.father_id_card);
    expect(document.body.answers.father_id_card).toMatch(/^\d{6}\*+/);

    const silent = await post(clerk, `/desk/cases/${number}/full`, { words: '没有选理由' });
    expect([silent.statusCode, silent.payload.includes(answers.father_id_card ?? 'never')]).toEqual([422, false]);
    const vague = await post(clerk, `/desk/cases/${number}/full`, { why: 'other', words: ' ' });
    expect(vague.statusCode).toBe(422);

    const noted = await during(async () => {
      const full = await post(clerk, `/desk/cases/${number}/full`, { why: 'contact', words: '电话打不通' });
      expect([full.statusCode, full.payload.includes(answers.father_id_card ?? 'never')]).toEqual([200, true]);
    });
    expect(noted).toMatchObject([
      { what: 'case.read-in-full', reason: 'contact: 电话打不通', detail: { shown: 'full' }, about: number },
    ]);
    expect((await clerk.call('GET', `/desk/cases/${number}`)).text, 'masked again').not.toContain(
      answers.father_id_card,
    );
  });

  test('refused is noted: whoever looks for what is not theirs, and whoever acts on it', async () => {
    const stranger = await product.as('clerk-anyi');
    expect(await during(() => stranger.call('GET', `/desk/cases/${number}`))).toMatchObject([
      { kind: 'reading', what: 'GET /desk/cases/:number', outcome: 'refused', about: number },
    ]);
    expect(await during(() => act(clerk, number, { type: 'claim', item: 'birth-certificate' }, 'no'))).toMatchObject([
      { kind: 'act', what: 'case.claim', outcome: 'refused', about: number, detail: { problem: 'not-allowed' } },
    ]);
    expect(await during(() => post(clerk, `/desk/cases/${number}`, { act: 'accept', seenVersion: '1' }))).toMatchObject(
      [{ what: 'case.read' }, { what: 'case.accept', outcome: 'refused' }],
    );
  });

  test('found by searching: that somebody searched, not what for', async () => {
    const noted = await during(() => post(clerk, '/desk/search', { q: '陈志远' }));
    expect(noted).toMatchObject([{ kind: 'reading', what: 'case.search', outcome: 'done' }]);
    expect(JSON.stringify(noted)).not.toContain('陈志远');
  });

  test('is not shown when the reading cannot be written down; the applicant sees it all the same', async () => {
    const { databaseUrl = '' } = product.house.config;
    const owner = openDb({ url: databaseUrl, log: openLog('silent') });
    await owner.query('revoke insert on ledger.trail from tongban_app');
    try {
      const paths = [`/desk/cases/${number}`, `/desk/cases/${number}/slip`, `/api/v1/cases/${number}`];
      for (const path of paths) {
        const { status, text } = await clerk.call('GET', path);
        expect([status, text.includes('138****')], path).toEqual([503, false]);
      }
      expect((await post(clerk, `/desk/cases/${number}/full`, { why: 'check' })).statusCode).toBe(503);
      expect((await post(clerk, '/desk/search', { q: '陈' })).statusCode).toBe(503);
      expect((await father.call('GET', `/cases/${number}`)).status).toBe(200);
      const unseen = await post(clerk, '/account/sessions/end-others', {});
      expect(unseen.statusCode, 'an act that is noted by its route').toBe(503);
    } finally {
      await owner.query('grant insert on ledger.trail to tongban_app');
      await owner.end();
    }
    expect((await clerk.call('GET', `/desk/cases/${number}`)).status).toBe(200);
  });
});
