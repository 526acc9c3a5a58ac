import { beforeAll, describe, expect, test } from 'vitest';
import { type Client, openProduct, type Product } from '../support/api.ts';
import { liantang, situation, subject } from '../support/newborn.ts';

/** Who asks, the token, and what everybody may read. */
let product: Product;
let guest: Client;
beforeAll(async () => {
  product = await openProduct();
  guest = await product.as();
});

describe('the session', () => {
  test('a visitor gets a token, signs in, and signs out', async () => {
    const father = await product.as('father');
    const me = await father.call<{ actor: { kind: string; name: string }; csrf: string }>('GET', '/api/v1/session');
    expect(me.body.actor).toMatchObject({ kind: 'person', name: '陈志远' });
    // Masked anew in each answer, and each of them counts.
    expect(me.body.csrf).not.toBe(father.csrf);
    const token = { 'x-csrf-token': me.body.csrf };
    expect((await father.call('DELETE', '/api/v1/session', undefined, token)).status).toBe(204);
    expect((await father.call('GET', '/api/v1/cases')).status).toBe(401);
  });

  test('a wrong password, an unknown persona', async () => {
    const wrong = await guest.call<{ code: string }>('POST', '/api/v1/session', { name: 'clerk', password: 'x' });
    expect([wrong.status, wrong.body.code]).toEqual([403, 'sign-in-failed']);
    expect((await guest.call('POST', '/api/v1/session', { persona: 'nobody' })).status).toBe(403);
  });

  test('without the token nothing is changed', async () => {
    const father = await product.as('father');
    const body = { subject, division: liantang, situation };
    for (const headers of [{ 'x-csrf-token': '' }, { 'x-csrf-token': guest.csrf }]) {
      const answer = await father.call<{ code: string }>('POST', '/api/v1/drafts', body, headers);
      expect([answer.status, answer.body.code]).toEqual([403, 'page-expired']);
    }
    const drafts = await father.call<{ drafts: unknown[] }>('GET', '/api/v1/drafts');
    expect(drafts.body.drafts).toEqual([]);
    expect((await guest.call('POST', '/api/v1/session', { persona: 'father' }, { 'x-csrf-token': '' })).status).toBe(
      403,
    );
  });

  test('a visitor is asked to sign in', async () => {
    const paths = [
      'cases',
      'drafts',
      'queue',
      'inbox',
      'watch/figures',
      'watch/cases?measure=closed',
      'cases/360121100000014X20260610000001A',
    ];
    for (const path of paths) {
      const answer = await guest.call<{ code: string }>('GET', `/api/v1/${path}`);
      expect([path, answer.status, answer.body.code]).toEqual([path, 401, 'sign-in-required']);
    }
    expect((await guest.call('POST', '/api/v1/drafts', { subject, division: liantang, situation })).status).toBe(401);
  });
});

describe('what everybody may read', () => {
  test('items, bundles, search, divisions, reasons of ratings', async () => {
    const items = await guest.call<{ items: { id: string; name: { en: string } }[] }>('GET', '/api/v1/items');
    expect(items.body.items.length).toBeGreaterThan(12);
    const item = await guest.call<{ limits: object }>('GET', `/api/v1/items/${items.body.items[0]?.id}`);
    expect(item.body.limits).toBeDefined();
    const bundle = await guest.call<{ items: { item: string; dependsOn: string[] }[] }>(
      'GET',
      '/api/v1/bundles/newborn',
    );
    expect(bundle.body.items.find(({ item }) => item === 'birth-registration')?.dependsOn).toEqual([
      'birth-certificate',
    ]);
    const hits = await guest.call<{ hits: { id: string }[] }>(
      'GET',
      `/api/v1/search?q=${encodeURIComponent('孩子出生')}`,
    );
    expect(hits.body.hits[0]?.id).toBe('newborn');
    const divisions = await guest.call<{ divisions: { name: string }[] }>(
      'GET',
      '/api/v1/divisions?parent=360121000000',
    );
    expect(divisions.body.divisions.map(({ name }) => name)).toContain('莲塘镇');
    const provinces = await guest.call<{ divisions: unknown[] }>('GET', '/api/v1/divisions');
    expect(provinces.body.divisions).toHaveLength(31);
    const codes = await guest.call<{ levels: { level: number; codes: unknown[] }[] }>('GET', '/api/v1/ratings/codes');
    expect(codes.body.levels.map(({ level, codes }) => [level, codes.length])).toEqual([
      [5, 8],
      [4, 8],
      [3, 8],
      [2, 8],
      [1, 8],
    ]);
  });

  test('what a family in a situation needs, and what it is asked', async () => {
    const tasks = await guest.call<{ tasks: { item: { id: string } }[]; spared: number }>('POST', '/api/v1/tasks', {
      subject,
      situation,
    });
    expect(tasks.body.tasks.map(({ item }) => item.id)).not.toContain('maternity-benefit');
    expect(tasks.body.spared).toBeGreaterThan(0);
    const questions = await guest.call<{ questions: { elements: { id: string }[] }[] }>('POST', '/api/v1/questions', {
      subject,
      situation,
    });
    const ids = questions.body.questions.flatMap(({ elements }) => elements.map(({ id }) => id));
    expect(new Set(ids).size, 'each element once').toBe(ids.length);
  });

  test('what is not there', async () => {
    for (const path of ['items/nothing', 'bundles/nothing', 'nothing', 'divisions?parent=1']) {
      const { status, type } = await guest.call('GET', `/api/v1/${path}`);
      expect([404, 422]).toContain(status);
      expect(type).toContain('application/problem+json');
    }
  });
});
