import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NotReached, openOutgoing } from './outgoing.ts';

let here = '';
let elsewhere = '';
let visits = 0;
const servers = [answering(), createServer((_request, response) => response.end(String(++visits)))];

function answering() {
  const pages: Record<string, RequestListener> = {
    '/ok': (_request, response) => response.end('yes'),
    '/long': (_request, response) => response.end('x'.repeat(2000)),
    '/moved': (_request, response) => response.writeHead(302, { location: elsewhere }).end(),
    '/silent': () => {},
  };
  return createServer((request, response) => pages[request.url ?? '']?.(request, response));
}

beforeAll(async () => {
  const [first = '', second = ''] = await Promise.all(
    servers.map(async (server) => {
      await once(server.listen(0, '127.0.0.1'), 'listening');
      return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
    }),
  );
  [here, elsewhere] = [first, second];
});
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

const call = (path: string) => openOutgoing([here], { seconds: 0.3, bytes: 1000 })(path);

describe('an outgoing call', () => {
  test('reaches the place it is for', async () => {
    expect(await (await call(`${here}/ok`)).text()).toBe('yes');
  });

  test.each([
    ['another port', () => `${elsewhere}/ok`, 'other-place'],
    ['the metadata of a cloud', () => 'http://169.254.169.254/latest/meta-data/', 'other-place'],
    ['a name in front of the place', () => here.replace('//', '//admin:secret@'), 'other-place'],
    ['a file', () => 'file:///etc/passwd', 'other-place'],
    ['an answer that is too long', () => `${here}/long`, 'too-long'],
    ['an answer that leads elsewhere', () => `${here}/moved`, 'moved'],
    ['a machine that says nothing', () => `${here}/silent`, 'no-answer'],
  ])('%s is refused', async (_what, address, why) => {
    await expect(call(address())).rejects.toMatchObject({ why });
    expect(visits).toBe(0);
  });

  test('without TLS it stays on this machine', async () => {
    await expect(openOutgoing(['http://example.invalid'])('http://example.invalid/')).rejects.toEqual(
      new NotReached('not-secure'),
    );
  });
});
