import { beforeAll, describe, expect, test } from 'vitest';
import { openLog } from '../../src/platform/door.ts';
import { type Client, openProduct, type Product } from '../support/api.ts';
import { type Line, lineTo } from '../support/line.ts';
import { inEnglish, say } from '../support/story.ts';

/** What people see while the database cannot be reached. */
let product: Product;
let line: Line;
let father: Client;
beforeAll(async () => {
  const by = async (url: string) => {
    line = await lineTo(url);
    return line.url;
  };
  product = await openProduct(undefined, {}, openLog('silent'), by);
  father = await product.as('father');
  line.cut();
});

const ask = (method: 'GET' | 'POST', url: string, headers: Record<string, string> = {}) =>
  product.app.inject({ method, url, headers: { cookie: father.cookie, 'x-csrf-token': father.csrf, ...headers } });

describe('while the database is away', () => {
  test('a visit says so, and offers the same address again', async () => {
    const answer = await ask('GET', '/cases?from=home');
    expect(answer.statusCode).toBe(503);
    expect(answer.payload).toContain(say('problem.unavailable.advice'));
    expect(answer.payload).toContain('href="/cases?from=home"');
    expect(answer.payload).toContain(say('problem.again'));
  });

  test('who came with a session that cannot be read is neither called a stranger nor by a name', async () => {
    const answer = await ask('GET', '/cases', { cookie: `tb_session=360121.${product.house.ids.token()}` });
    expect(answer.statusCode).toBe(503);
    expect(answer.payload).not.toMatch(/href="\/sign-in|action="\/sign-out|href="\/account"/);
  });

  test('a form says that nothing was saved, and leads back to its page', async () => {
    const referer = 'http://localhost/account/data/delete';
    const answer = await ask('POST', '/account/data/delete', { referer, host: 'localhost' });
    expect(answer.statusCode).toBe(503);
    expect(answer.payload).toContain(say('problem.unavailable.adviceForm'));
    expect(answer.payload).toContain('href="/account/data/delete"');
    expect(answer.payload).not.toContain(say('problem.again'));
  });

  test('says the same in English, and is itself again afterwards', async () => {
    const answer = await ask('GET', '/cases', { cookie: `${father.cookie}; tb_lang=en` });
    expect(answer.payload).toContain(inEnglish('problem.again'));
    line.mend();
    expect((await ask('GET', '/cases')).statusCode).toBe(200);
  });
});
