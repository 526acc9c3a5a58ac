import { expect, test } from 'vitest';
import { openProduct } from '../support/api.ts';
import { say } from '../support/story.ts';

test('who comes with a session that has ended is told so before signing in again, and nobody else is', async () => {
  const product = await openProduct();
  const father = await product.as('father');
  await father.call('DELETE', '/api/v1/session');
  const turned = await product.app.inject({ url: '/cases', headers: { cookie: father.cookie } });
  const signIn = String(turned.headers.location);
  expect(signIn).toBe('/sign-in?next=%2Fcases');
  const told = say('signIn.ended.title');
  expect((await father.call('GET', signIn)).text).toContain(told);
  const guest = await product.as();
  for (const [client, path] of [
    [guest, signIn],
    [father, '/sign-in'],
  ] as const)
    expect((await client.call('GET', path)).text).not.toContain(told);
});
