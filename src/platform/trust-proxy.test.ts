import { describe, expect, test } from 'vitest';
import { openHttp, openLog, readConfig } from './door.ts';

/** The address a request is taken to come from. */
async function seen(trust: string | undefined, from: string, forwarded: string): Promise<string> {
  const { trustProxy } = readConfig({ TONGBAN_TRUST_PROXY: trust }, '/');
  const app = openHttp({
    log: openLog('silent'),
    ready: async () => true,
    sendProblem: () => '',
    unreadable: '',
    trustProxy,
  });
  app.get('/who', async (request) => request.ip);
  const answer = await app.inject({ url: '/who', remoteAddress: from, headers: { 'x-forwarded-for': forwarded } });
  await app.close();
  return answer.payload;
}

describe('where a request comes from', () => {
  test('is the connection’s address when no proxy is named, whatever a header says', async () => {
    expect(await seen(undefined, '10.0.0.1', '203.0.113.7')).toBe('10.0.0.1');
  });

  test('is what a named proxy says, and only what it said last', async () => {
    expect(await seen('10.0.0.1', '10.0.0.1', '203.0.113.7')).toBe('203.0.113.7');
    expect(await seen('10.0.0.0/8, ::1', '10.9.9.9', '6.6.6.6, 203.0.113.7')).toBe('203.0.113.7');
    expect(await seen('loopback', '127.0.0.1', '203.0.113.7')).toBe('203.0.113.7');
  });

  test('is not what anybody else says', async () => {
    expect(await seen('10.0.0.1', '10.0.0.2', '203.0.113.7')).toBe('10.0.0.2');
  });

  test.each(['everybody', '10.0.0.1/33', '10.0.0', '10.0.0.1/8/8'])('%s is refused by name', (text) => {
    expect(() => readConfig({ TONGBAN_TRUST_PROXY: text }, '/')).toThrow(text);
  });
});
