import { expect, test } from 'vitest';
import { openHttp, openLog } from './door.ts';

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
