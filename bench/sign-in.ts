import type { House } from '../src/house.ts';
import { addStaff } from '../src/identity/door.ts';
import { load, type Measured, send, steady } from './load.ts';

const people = 20;
const password = '七里香-bench-password';

type Beside = { signIn: Measured; reader: Measured };

/**
 * Twenty people who sign in with name and password at the same moment, again and again, and how long each waits: while
 * twenty home pages are asked for in a second (`calm`), and while one program fetches as many as it can (`pressed`).
 */
export async function signIns(house: House, base: string, seconds: number): Promise<{ calm: Beside; pressed: Beside }> {
  const logins = Array.from({ length: people }, (_, index) => `bench-${process.pid}-${index}`);
  for (const login of logins) {
    const place = { region: '360121', agency: '360121-health', division: '360121000000' };
    await addStaff(house, { ...place, login, name: '测试', roles: ['approver'], password });
  }
  const guests = await Promise.all(logins.map(() => guest(base)));
  const signIn = () =>
    load(people, seconds, async (client) => {
      const { headers } = guests[client] ?? { headers: {} };
      const body = JSON.stringify({ region: '360121', name: logins[client], password });
      return (await send(`${base}/api/v1/session`, { method: 'POST', headers, body })).status === 200;
    });
  const home = async () => (await send(`${base}/`)).status === 200;
  const beside = async (reading: () => Promise<Measured>): Promise<Beside> => {
    const [signedIn, reader] = await Promise.all([signIn(), reading()]);
    return { signIn: signedIn, reader };
  };
  return {
    calm: await beside(() => steady(20, seconds, home)),
    pressed: await beside(() => load(1, seconds, home)),
  };
}

async function guest(base: string): Promise<{ headers: Record<string, string> }> {
  const first = await send(`${base}/api/v1/session`);
  const [cookie = ''] = [first.headers['set-cookie'] ?? []].flat().map((line) => line.split(';')[0] ?? '');
  const { csrf } = JSON.parse(first.body.toString()) as { csrf: string };
  return { headers: { 'content-type': 'application/json', cookie, 'x-csrf-token': csrf } };
}
