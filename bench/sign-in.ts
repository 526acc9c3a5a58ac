import type { House } from '../src/house.ts';
import { addStaff } from '../src/identity/door.ts';
import { load, type Measured, send } from './load.ts';

const people = 20;
const password = '七里香-bench-password';

/**
 * Twenty people who sign in with name and password at the same moment, again and again, while one reader asks for the
 * home page: how long each waits.
 */
export async function signIns(
  house: House,
  base: string,
  seconds: number,
): Promise<{ signIn: Measured; reader: Measured }> {
  const logins = Array.from({ length: people }, (_, index) => `bench-${process.pid}-${index}`);
  for (const login of logins) {
    const place = { region: '360121', agency: '360121-health', division: '360121000000' };
    await addStaff(house, { ...place, login, name: '测试', roles: ['approver'], password });
  }
  const guests = await Promise.all(logins.map(() => guest(base)));
  const signIn = load(people, seconds, async (client) => {
    const { headers } = guests[client] ?? { headers: {} };
    const body = JSON.stringify({ region: '360121', name: logins[client], password });
    return (await send(`${base}/api/v1/session`, { method: 'POST', headers, body })).status === 200;
  });
  const reader = load(1, seconds, async () => (await send(`${base}/`)).status === 200);
  return { signIn: await signIn, reader: await reader };
}

async function guest(base: string): Promise<{ headers: Record<string, string> }> {
  const first = await send(`${base}/api/v1/session`);
  const [cookie = ''] = [first.headers['set-cookie'] ?? []].flat().map((line) => line.split(';')[0] ?? '');
  const { csrf } = JSON.parse(first.body.toString()) as { csrf: string };
  return { headers: { 'content-type': 'application/json', cookie, 'x-csrf-token': csrf } };
}
