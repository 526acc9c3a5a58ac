import { beforeAll, describe, expect, test } from 'vitest';
import type { Client, Product } from '../support/api.ts';
import { act, type Case, fresh, openOffice, read, type State, type Wrong } from '../support/case-api.ts';
import { answers, pdf, situation, submitted } from '../support/newborn.ts';

/** Reading and acting on cases through the machine interface: who may, once, and on what they have seen. */
let product: Product;
let father: Client;
let clerk: Client;
let health: Client;
beforeAll(async () => {
  ({ product, father, clerk, health } = await openOffice());
});

const eventsOf = async (number: string) =>
  (
    await product.house.db.query<{ n: number }>('select count(*)::int as n from cases.event where number = $1', [
      number,
    ])
  )[0]?.n;

describe('who sees what', () => {
  test('the applicant and the counter all, an approver their part, a supervisor nothing in clear without saying why', async () => {
    const number = await submitted(father);
    await act(clerk, number, { type: 'accept' });
    const all = Object.keys(answers).sort();
    for (const who of [father, clerk]) {
      const { body } = await read(who, number);
      expect(Object.keys(body.answers).sort()).toEqual(all);
      expect(body.situation).toEqual(situation);
    }
    const part = (await read(health, number)).body;
    expect(Object.keys(part.answers)).toContain('child_name');
    expect(Object.keys(part.answers)).not.toContain('card_bank');
    expect(part.situation).toBeUndefined();
    const tax = (await read(await product.as('approver-tax'), number)).body;
    const asked = product.house.catalog.item('insurance-payment')?.elements.map(({ element }) => element) ?? [];
    expect(Object.keys(tax.answers).every((id) => asked.includes(id))).toBe(true);
    expect(tax.materials.map(({ material }) => material)).not.toContain('delivery_record');
    const seen = await read(await product.as('supervisor'), number);
    expect([seen.status, seen.body.situation, seen.body.allowed]).toEqual([200, undefined, []]);
    const { father_id_card, father_phone, child_name } = answers;
    for (const secret of [father_id_card, father_phone, child_name]) expect(seen.text).not.toContain(secret);
    expect(Object.keys(seen.body.answers).sort(), 'masked, as on the page').toEqual(all);
  });

  test('events never carry what was answered', async () => {
    const { body } = await read(father, await submitted(father));
    expect(body.events.map(({ type }) => type)).toEqual(['submitted']);
    expect(JSON.stringify(body.events)).not.toContain(answers.father_id_card);
  });

  test('nobody else finds it: another person, another county, another township, an administrator, a wrong number', async () => {
    const number = await submitted(father);
    for (const persona of ['mother', 'older-resident', 'clerk-anyi', 'admin']) {
      const other = await product.as(persona);
      for (const answer of [await read(other, number), await act(other, number, { type: 'accept' })]) {
        expect([persona, answer.status, answer.body.code]).toEqual([persona, 404, 'case-not-found']);
      }
    }
    expect((await read(father, `${number.slice(0, -1)}${number.endsWith('A') ? 'B' : 'A'}`)).status).toBe(404);
    expect((await read(father, `%3Cscript%3E'--${number}`)).status).toBe(404);
  });

  test('the file is opened by those who may read it', async () => {
    const number = await submitted(father);
    const path = `/api/v1/cases/${number}/files/delivery_record`;
    const opens = async (who: Client) => {
      const file = await who.call('GET', path);
      expect([file.status, file.type, file.text]).toEqual([200, 'application/pdf', pdf.toString()]);
    };
    await opens(father);
    await opens(clerk);
    expect((await health.call('GET', path)).body.code, 'it is not their work yet').toBe('reveal-first');
    await act(clerk, number, { type: 'accept' });
    await opens(health);
    expect((await clerk.call('GET', path)).body.code, 'it is their work no more').toBe('reveal-first');
    const full = await clerk.call<Case>('POST', `/api/v1/cases/${number}/full`, { why: 'question' });
    expect(full.body.answers.father_id_card).toBe(answers.father_id_card);
    await opens(clerk);
    for (const persona of ['mother', 'approver-tax']) {
      expect((await (await product.as(persona)).call('GET', path)).status).toBe(404);
    }
    expect((await (await product.as('supervisor')).call('GET', path)).body.code).toBe('reveal-first');
  });
});

describe('acting', () => {
  test('the same command id takes effect once, in the header or in the body', async () => {
    const number = await submitted(father);
    const commandId = fresh();
    const first = await act(clerk, number, { type: 'accept' }, { commandId });
    const count = await eventsOf(number);
    const again = await act(clerk, number, { type: 'accept' }, { commandId });
    const header = await clerk.call<State>(
      'POST',
      `/api/v1/cases/${number}/commands`,
      { command: { type: 'accept' } },
      { 'idempotency-key': commandId },
    );
    expect([first.status, again.status, header.status]).toEqual([200, 200, 200]);
    expect(again.body).toEqual(first.body);
    expect(header.body).toEqual(first.body);
    expect(await eventsOf(number)).toBe(count);
    const other = await act(clerk, await submitted(father), { type: 'accept' }, { commandId });
    expect(other.body.status, 'an id counts within one case').toBe('accepted');
  });

  test('without a command id nothing happens', async () => {
    const number = await submitted(father);
    const bare = { 'idempotency-key': '' };
    const accept = { command: { type: 'accept' } };
    const answer = await clerk.call<Wrong>('POST', `/api/v1/cases/${number}/commands`, accept, bare);
    expect([answer.status, answer.body.errors[0]?.code]).toEqual([422, 'command-id']);
    expect((await act(clerk, number, { type: 'accept' }, { commandId: 'a b' })).status).toBe(422);
  });

  test('a case that has moved on is not changed', async () => {
    const number = await submitted(father);
    const { version } = (await read(clerk, number)).body;
    await act(
      clerk,
      number,
      { type: 'return', missing: [{ what: '出院小结', why: '要看日期' }] },
      { seenVersion: version },
    );
    const late = await act(clerk, number, { type: 'not-accept', reason: '不符合' }, { seenVersion: version });
    expect([late.status, late.body.code]).toEqual([409, 'changed-meanwhile']);
    expect(late.type).toContain('application/problem+json');
  });

  test('two claim at once: one wins, the other is told who', async () => {
    const number = await submitted(father);
    const [open] = (await act(clerk, number, { type: 'accept' })).body.branches.filter(
      ({ agency, status }) => agency === '360121-health' && status === 'open',
    );
    const lead = await product.as('lead-health');
    const both = await Promise.all([health, lead].map((who) => act(who, number, { type: 'claim', item: open?.item })));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const lost = both.find(({ status }) => status === 409)?.body;
    const [winner] = both.flatMap(({ body }) => body.branches ?? []).filter(({ item }) => item === open?.item);
    expect(lost?.code).toBe('branch-taken');
    expect(lost?.title).toContain(winner?.claimedBy?.name);
  });

  test('what is not theirs is refused, and unknown commands are no commands', async () => {
    const number = await submitted(father);
    expect((await act(father, number, { type: 'accept' })).status).toBe(403);
    expect((await act(health, number, { type: 'accept' })).status).toBe(403);
    for (const command of [
      { type: 'erase' },
      { type: 'accept', more: 1 },
      { type: 'claim' },
      { type: 'return', missing: [{ what: '', why: '' }] },
      'accept',
    ]) {
      expect((await act(clerk, number, command as object)).status).toBe(422);
    }
    const guest = await product.as();
    expect((await act(guest, number, { type: 'accept' })).status).toBe(401);
    expect(
      (
        await clerk.call(
          'POST',
          `/api/v1/cases/${number}/commands`,
          { command: { type: 'accept' }, commandId: fresh() },
          { 'x-csrf-token': 'x' },
        )
      ).status,
    ).toBe(403);
    expect((await read(clerk, number)).body.status).toBe('submitted');
  });

  test('a returned case comes back corrected', async () => {
    const number = await submitted(father);
    const file = `/api/v1/cases/${number}/files/delivery_record`;
    const type = { 'content-type': 'application/pdf' };
    expect((await father.call('PUT', file, pdf, type)).status, 'not while it waits').toBe(409);
    await act(clerk, number, { type: 'return', missing: [{ what: '分娩记录', why: '看不清' }] });
    const wrongKind = await father.call('PUT', file, [[], {}]);
    expect(wrongKind.body.code, 'JSON is no paper').toBe('file-type-not-allowed');
    expect((await father.call('PUT', file, pdf, type)).status).toBe(201);
    expect((await (await product.as('mother')).call('PUT', file, pdf, type)).status).toBe(404);
    const wrong = await act(father, number, { type: 'resubmit', answers: { child_birth_date: '2026-02-30' } });
    expect(wrong.body.errors.map(({ code }) => code)).toEqual(['date-impossible']);
    const back = await act(father, number, { type: 'resubmit', answers: { child_name: '陈小宝' } });
    expect([back.status, back.body.status]).toEqual([200, 'submitted']);
    const after = (await read(clerk, number)).body;
    expect([after.answers.child_name, after.answers.father_name]).toEqual(['陈小宝', answers.father_name]);
    expect(after.allowed).not.toContain('return');
  });
});
