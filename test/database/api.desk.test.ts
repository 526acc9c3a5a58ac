import { beforeAll, describe, expect, test } from 'vitest';
import type { Client, Product } from '../support/api.ts';
import { act, fresh, openOffice, read, type Wrong } from '../support/case-api.ts';
import { answers, liantang, situation, subject, submitted } from '../support/newborn.ts';

/** The counter, the inboxes, the whole life of a case, its rating and the figures, through the machine interface. */
let product: Product;
let father: Client;
let clerk: Client;
let health: Client;
beforeAll(async () => {
  ({ product, father, clerk, health } = await openOffice());
});

const grant = { outcome: 'granted', reason: '材料齐全' };

describe('from the first counter to the last figure', () => {
  test('the whole life of a newborn’s papers', async () => {
    const number = await submitted(father);
    let now = (await act(clerk, number, { type: 'accept' })).body;
    const people: Record<string, Client> = {
      '360121-health': health,
      '360121-public-security': await product.as('approver-police'),
      '360121-human-resources': await product.as('approver-human-resources'),
      '360121-medical-insurance': await product.as('approver-medical-insurance'),
      '360121-tax': await product.as('approver-tax'),
    };
    for (
      let open = now.branches.find(({ status }) => status === 'open');
      open;
      open = now.branches.find(({ status }) => status === 'open')
    ) {
      const { item, agency } = open;
      const who = people[agency] as Client;
      expect((await read(who, number)).body.branches.find((one) => one.item === item)?.allowed).toEqual(['claim']);
      await act(who, number, { type: 'claim', item });
      const specs = product.house.catalog.item(item)?.results ?? [];
      const results = Object.fromEntries(specs.map(({ id, example = '已登记' }) => [id, example]));
      const decided = await act(who, number, { type: 'decide', item, ...grant, results });
      expect([decided.status, decided.text.slice(0, decided.status === 200 ? 0 : 400)]).toEqual([200, '']);
      now = decided.body;
    }
    expect([now.status, now.outcome]).toEqual(['closed', 'granted']);
    const own = (await read(father, number)).body.branches.flatMap(({ results }) => results ?? []);
    expect(own.length).toBeGreaterThan(4);
    const watcher = (await read(await product.as('supervisor'), number)).body.branches.flatMap(
      ({ results }) => results ?? [],
    );
    expect(watcher).toEqual([]);

    await product.house.drain();
    const rate = (who: Client, level: number, commandId: string) =>
      who.call<Wrong>('POST', `/api/v1/cases/${number}/rating`, {
        level,
        codes: ['510'],
        comment: '<b>很快</b>',
        commandId,
      });
    expect((await rate(await product.as('mother'), 5, fresh())).status).toBe(404);
    expect(
      (await father.call<Wrong>('POST', `/api/v1/cases/${number}/rating`, { commandId: fresh() })).body.errors[0]
        ?.field,
    ).toBe('level');
    const open = async (who: Client) => (await who.call('GET', '/api/v1/ratings/open')).body;
    expect(await open(father)).toMatchObject({ invitations: [{ number }] });
    expect(await open(clerk)).toEqual({ invitations: [], more: false });
    expect((await rate(father, 5, 'rating-one')).status).toBe(201);
    expect(await open(father)).toEqual({ invitations: [], more: false });
    expect((await rate(father, 5, 'rating-one')).status).toBe(201);
    expect((await rate(father, 1, fresh())).status).toBe(409);
    const rated = await father.call<{ rating: { comment: string } }>('GET', `/api/v1/cases/${number}/rating`);
    expect(rated.body.rating.comment).toBe('<b>很快</b>');

    await product.house.drain();
    const supervisor = await product.as('supervisor');
    const figures = await supervisor.call<{ total: { id: string; value: number }[]; division: object[] }>(
      'GET',
      '/api/v1/watch/figures',
    );
    expect(figures.body.total.find(({ id }) => id === 'closed')?.value).toBe(1);
    const behind = await supervisor.call<{ total: number; rows: { number: string }[] }>(
      'GET',
      '/api/v1/watch/cases?measure=closed',
    );
    expect([behind.body.total, behind.body.rows[0]?.number]).toEqual([1, number]);
    expect((await father.call('GET', '/api/v1/watch/figures')).status).toBe(403);
    for (const wrong of [
      'from=2026-02-30',
      'from=2026-06-10&to=2026-06-01',
      'measure=nothing',
      'measure=closed&page=0',
    ]) {
      expect((await supervisor.call('GET', `/api/v1/watch/cases?${wrong}`)).status, wrong).toBe(422);
    }
  });
});

describe('the desk', () => {
  const counter = (changed: object = {}) => ({
    ...{ subject, situation, answers, papers: ['delivery_record'], commandId: fresh(), consent: true },
    applicant: { name: '刘雨桐', idCard: '360121199708260028', phone: '13800000002', address: '公园路社区' },
    ...changed,
  });

  test('a clerk enters a case for somebody who came in, once', async () => {
    const body = counter();
    const first = await clerk.call<{ number: string }>('POST', '/api/v1/cases', body);
    const again = await clerk.call<{ number: string }>('POST', '/api/v1/cases', body);
    expect([first.status, again.body.number]).toEqual([201, first.body.number]);
    const mother = await product.as('mother');
    const own = await mother.call<{ cases: { number: string; channel: string }[] }>('GET', '/api/v1/cases');
    expect(own.body.cases.map(({ number, channel }) => [number, channel])).toEqual([[first.body.number, 'counter']]);
  });

  test('what is wrong leaves nothing behind, not even the person', async () => {
    const unknown = { name: '王小明', idCard: '360121199204040136', phone: '13800000009', address: '某处' };
    const people = async () =>
      (await product.house.db.query<{ n: number }>('select count(*)::int as n from identity.person'))[0]?.n;
    const before = await people();
    const open = await clerk.call<Wrong>('POST', '/api/v1/cases', counter({ applicant: unknown, papers: [] }));
    expect(open.body.errors.map(({ code }) => code)).toEqual(['material-missing']);
    const card = await clerk.call<Wrong>(
      'POST',
      '/api/v1/cases',
      counter({ applicant: { ...unknown, idCard: '360121199204040137', phone: 'x' } }),
    );
    expect(card.body.errors.map(({ field, code }) => [field, code])).toEqual([
      ['applicant.idCard', 'id-card-check'],
      ['applicant.phone', 'phone-format'],
    ]);
    expect(await people()).toBe(before);
    expect((await father.call('POST', '/api/v1/cases', counter())).status).toBe(403);
    expect((await clerk.call('POST', '/api/v1/cases', counter({ division: '360121101000' }))).status).toBe(403);
    expect(
      (await (await product.as('clerk-anyi')).call('POST', '/api/v1/cases', counter({ division: liantang }))).status,
    ).toBe(403);
  });

  test('queue, inbox and lists show what the policy lets through', async () => {
    const number = await submitted(father);
    const queue = await clerk.call<{ rows: { number: string }[]; count: number }>('GET', '/api/v1/queue');
    expect(queue.body.rows.map((row) => row.number)).toContain(number);
    await act(clerk, number, { type: 'accept' });
    const inbox = await health.call<{ rows: { number: string }[]; counts: { todo: number } }>(
      'GET',
      '/api/v1/inbox?view=todo',
    );
    expect(inbox.body.rows.map((row) => row.number)).toContain(number);
    expect(inbox.body.counts.todo).toBeGreaterThan(0);
    expect((await health.call('GET', '/api/v1/inbox?view=all')).status).toBe(422);
    expect((await father.call('GET', '/api/v1/queue')).status).toBe(403);
    const anyi = await (await product.as('clerk-anyi')).call<{ rows: unknown[] }>('GET', '/api/v1/queue');
    expect(anyi.body.rows).toEqual([]);
    const own = await (await product.as('older-resident')).call<{
      cases: unknown[];
    }>('GET', '/api/v1/cases');
    expect(own.body.cases).toEqual([]);
  });
});
