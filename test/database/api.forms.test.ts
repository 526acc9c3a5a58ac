import { beforeAll, describe, expect, test } from 'vitest';
import { type Client, openProduct, type Product } from '../support/api.ts';
import { answers, fillIn, liantang, pdf, situation, subject } from '../support/newborn.ts';

/** Filling in and submitting through the machine interface, and everything that can be wrong with it. */
type Wrong = { code: string; errors: { field: string; code: string; detail: string }[] };
type Draft = {
  id: string;
  answers: Record<string, string>;
  number?: string;
  files: { material: string; name: string }[];
};

let product: Product;
let father: Client;
beforeAll(async () => {
  product = await openProduct();
  father = await product.as('father');
});

const drafts = '/api/v1/drafts';
const start = (changed: Record<string, string> = {}) =>
  father.call<Draft & Wrong>('POST', drafts, { subject, division: liantang, situation, answers: changed });
const put = (draft: string, bytes: Buffer, name: string, type = 'application/octet-stream') =>
  father.call<Wrong>('PUT', `${drafts}/${draft}/files/delivery_record`, bytes, {
    'content-type': type,
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
  });
const casesIn = async () =>
  (await product.house.db.query<{ n: number }>('select count(*)::int as n from cases.case'))[0]?.n;

describe('one answer is wrong', () => {
  test.each([
    ['father_id_card', '360121199503120014', 'id-card-check'],
    ['father_id_card', '36012119950230001X', 'id-card-date'],
    ['child_birth_date', '2026-02-30', 'date-impossible'],
    ['child_birth_date', '2026-06-11', 'date-future'],
    ['father_phone', '138000000', 'phone-format'],
    ['child_sex', 'both', 'choice-unknown'],
    ['birth_hospital', 'x'.repeat(10_000_000), 'too-long'],
    ['no_such_element', 'x', 'element-unknown'],
  ])('%s', async (field, value, code) => {
    const { id } = (await start()).body;
    const answer = await father.call<Wrong>('PATCH', `${drafts}/${id}`, {
      answers: { [field]: value, child_name: '陈沐阳' },
    });
    expect([answer.status, answer.type]).toEqual([422, 'application/problem+json; charset=utf-8']);
    expect(answer.body.errors.map((one) => [one.field, one.code])).toEqual([[field, code]]);
    expect(answer.body.errors[0]?.detail).toMatch(/\p{Script=Han}/u);
    expect(answer.text).not.toContain(`"${value}"`);
    const kept = await father.call<Draft>('GET', `${drafts}/${id}`);
    expect(kept.body.answers, 'nothing half-written').toEqual({});
  });

  test('all problems of one request come together, in English when asked', async () => {
    const { id } = (await start()).body;
    const wrong = { child_birth_date: '2026-13-01', father_phone: '1' };
    const { body } = await father.call<Wrong>(
      'PATCH',
      `${drafts}/${id}`,
      { answers: wrong },
      { 'accept-language': 'en' },
    );
    expect(body.errors.map(({ field }) => field).sort()).toEqual(['child_birth_date', 'father_phone']);
    expect(body.errors[0]?.detail).toMatch(/^[\p{Script=Latin}\P{L}]+$/u);
  });

  test('a shape that is not the described one is refused, never guessed at', async () => {
    for (const body of [
      {},
      { subject, division: liantang },
      { subject, division: 'x', situation },
      { subject, division: liantang, situation, more: 1 },
      { subject, division: liantang, situation, answers: { child_name: 5 } },
    ]) {
      expect((await father.call('POST', drafts, body)).status).toBe(422);
    }
    expect((await father.call('POST', drafts, '{', { 'content-type': 'application/json' })).status).toBe(422);
  });

  test('an unknown bundle, an item of a bundle alone, a place elsewhere, a situation left open', async () => {
    const of = (body: object) =>
      father.call<Wrong>('POST', drafts, { subject, division: liantang, situation, ...body });
    expect((await of({ subject: { kind: 'bundle', id: 'nothing' } })).body.code).toBe('bundle-not-found');
    expect((await of({ subject: { kind: 'item', id: 'birth-registration' } })).body.code).toBe('item-not-found');
    expect((await of({ division: '110101001000' })).body.errors[0]?.code).toBe('township-unknown');
    expect((await of({ situation: {} })).body.errors.map(({ code }) => code)).toContain('required-choice');
    expect((await of({ situation: { ...situation, household: 'uncle' } })).body.errors[0]?.code).toBe('choice-unknown');
  });
});

describe('the whole form is wrong', () => {
  const submission = async (changed: Record<string, string>) => {
    const id = await fillIn(father, changed);
    return father.call<Wrong>('POST', `${drafts}/${id}/submission`, { consent: true });
  };

  test('a parent younger than the child', async () => {
    const before = await casesIn();
    const { status, body } = await submission({ father_id_card: '36012120260602001X', child_birth_date: '2026-06-01' });
    expect(status).toBe(422);
    expect(body.errors.map(({ field, code }) => [field, code])).toEqual([['father_id_card', 'together']]);
    expect(await casesIn()).toBe(before);
  });

  test('an answer and a material that are missing are named together', async () => {
    const { child_name: _, ...rest } = answers;
    const { id } = (await start(rest)).body;
    const { body } = await father.call<Wrong>('POST', `${drafts}/${id}/submission`, { consent: true });
    expect(body.errors.map(({ field, code }) => [field, code])).toEqual([
      ['child_name', 'required'],
      ['delivery_record', 'material-missing'],
    ]);
  });
});

describe('what is typed is only text', () => {
  const nasty = `<script>alert(1)</script>'; drop table cases.case; -- "&`;

  test('HTML and SQL are kept as they are and escaped on the page', async () => {
    const id = await fillIn(father, { birth_hospital: nasty });
    const draft = await father.call<Draft>('GET', `${drafts}/${id}`);
    expect(draft.body.answers.birth_hospital).toBe(nasty);
    expect(draft.type).toContain('application/json');
    const page = await father.call('GET', `/apply/${id}/child-hospital`);
    expect(page.text).toContain('&lt;script>');
    expect(page.text).not.toContain('<script>alert(1)');
    const { body } = await father.call<{ number: string }>('POST', `${drafts}/${id}/submission`, { consent: true });
    const theCase = await father.call<Draft>('GET', `/api/v1/cases/${body.number}`);
    expect(theCase.body.answers.birth_hospital).toBe(nasty);
  });
});

describe('submitting twice', () => {
  test('gives the same number, also at the same moment', async () => {
    const id = await fillIn(father);
    const before = await casesIn();
    const both = await Promise.all(
      [1, 2, 3].map(() => father.call<{ number: string }>('POST', `${drafts}/${id}/submission`, { consent: true })),
    );
    const again = await father.call<{ number: string }>('POST', `${drafts}/${id}/submission`, { consent: true });
    expect(new Set([...both, again].map(({ body }) => body.number)).size).toBe(1);
    expect([...both, again].map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await casesIn()).toBe((before ?? 0) + 1);
    const later = await father.call<Wrong>('PATCH', `${drafts}/${id}`, { answers: { child_name: '陈大' } });
    expect([later.status, later.body.code]).toEqual([409, 'action-not-possible']);
  });
});

describe('files', () => {
  test('content and name must agree, be of a kind we open, and not too large', async () => {
    const id = await fillIn(father);
    expect((await put(id, pdf, 'record.jpg')).body.code).toBe('file-type-mismatch');
    expect((await put(id, Buffer.from('#!/bin/sh'), 'record.pdf')).body.code).toBe('file-type-not-allowed');
    expect((await put(id, Buffer.alloc(0), 'record.pdf')).body.code).toBe('file-missing');
    expect((await put(id, Buffer.concat([pdf, Buffer.alloc(11 * 1024 * 1024)]), 'record.pdf')).body.code).toBe(
      'file-too-large',
    );
    const kept = await father.call<Draft>('GET', `${drafts}/${id}`);
    expect(kept.body.files).toHaveLength(1);
  });

  test('a new one takes the place of the old one; a material nobody asked for is refused', async () => {
    const id = await fillIn(father);
    expect((await put(id, pdf, '新的.pdf', 'application/pdf')).status).toBe(201);
    const draft = await father.call<Draft>('GET', `${drafts}/${id}`);
    expect(draft.body.files.map(({ name }) => name)).toEqual(['新的.pdf']);
    const headers = { 'content-type': 'application/pdf' };
    expect((await father.call('PUT', `${drafts}/${id}/files/household_book`, pdf, headers)).status).toBe(422);
    expect((await father.call('DELETE', `${drafts}/${id}/files/delivery_record`)).status).toBe(204);
    expect((await father.call<Draft>('GET', `${drafts}/${id}`)).body.files).toEqual([]);
  });
});

describe('a draft is its owner’s alone', () => {
  test('nobody else finds it', async () => {
    const id = await fillIn(father);
    for (const persona of ['mother', 'clerk-liantang', 'admin']) {
      const other = await product.as(persona);
      const tries = [
        await other.call('GET', `${drafts}/${id}`),
        await other.call('PATCH', `${drafts}/${id}`, { answers: {} }),
        await other.call('PUT', `${drafts}/${id}/files/delivery_record`, pdf, { 'content-type': 'application/pdf' }),
        await other.call('POST', `${drafts}/${id}/submission`, { consent: true }),
        await other.call('DELETE', `${drafts}/${id}`),
      ];
      for (const { status } of tries) expect([403, 404]).toContain(status);
    }
    expect((await father.call('DELETE', `${drafts}/${id}`)).status).toBe(204);
    expect((await father.call('GET', `${drafts}/${id}`)).status).toBe(404);
  });
});
