import { type AddressInfo, connect } from 'node:net';
import { expect, test } from 'vitest';
import { openHttp, openLog } from './door.ts';
import { patience } from './http.ts';

test.each([
  ['22021', 422, 'form-invalid'],
  ['22P05', 422, 'form-invalid'],
  ['23505', 503, 'internal'],
  ['ECONNREFUSED', 503, 'unavailable'],
  ['57P01', 503, 'unavailable'],
  // What the driver says of a statement cut off under way; it has no code.
  [undefined, 503, 'unavailable'],
])('what the database refuses with %s is answered with %i, %s', async (code, status, said) => {
  const app = openHttp({
    log: openLog('silent'),
    ready: async () => true,
    sendProblem: (_request, reply, problem) => reply.send({ code: problem.code }),
    unreadable: '',
  });
  app.get('/asks', async () => {
    throw Object.assign(new Error('Connection terminated unexpectedly'), code && { code });
  });
  const answer = await app.inject('/asks');
  await app.close();
  expect(answer.statusCode).toBe(status);
  expect(answer.json()).toEqual({ code: said });
});

/** What is answered to somebody who sends a first piece and then a byte now and then, until the connection ends. */
async function dripped(first: string, times: Partial<typeof patience>): Promise<string> {
  const app = openHttp({
    log: openLog('silent'),
    ready: async () => true,
    sendProblem: () => '',
    unreadable: '',
    patience: { ...patience, every: 20, ...times },
  });
  app.post('/takes', async () => 'taken');
  await app.listen({ host: '127.0.0.1', port: 0 });
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  let answer = '';
  socket.on('data', (piece) => {
    answer += piece;
  });
  // The other side may hang up while a byte is under way.
  socket.on('error', () => undefined);
  socket.write(first);
  const drip = setInterval(() => socket.write('x'), 20);
  await new Promise((closed) => socket.on('close', closed));
  clearInterval(drip);
  await app.close();
  return answer.split('\r\n')[0] ?? '';
}

const post = 'POST /takes HTTP/1.1\r\nhost: x\r\n';
const form = `${post}content-type: application/x-www-form-urlencoded\r\ncontent-length: 60000\r\n\r\n`;
test('a body that drips ends, and so do headers', async () => {
  expect(await dripped(form, { request: 200, headers: 100 })).toContain('408');
  expect(await dripped(`${post}x-slow: `, { headers: 100 })).toContain('408');
});

test('there are bounds by themselves, and the largest file gets through them on a slow network', async () => {
  const { server, close } = openHttp({
    ...{ log: openLog('silent'), ready: async () => true, sendProblem: () => '', unreadable: '' },
  });
  const { requestTimeout, headersTimeout, timeout } = server;
  await close();
  expect([requestTimeout, headersTimeout, timeout]).toEqual([patience.request, patience.headers, patience.idle]);
  const slow = 200_000 / 8 / 1000;
  expect(patience.request).toBeGreaterThan((10 * 1024 * 1024) / slow);
});
