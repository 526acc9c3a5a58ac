import { beforeAll, describe, expect, test } from 'vitest';
import { peopleCommands } from '../../src/cli-people.ts';
import { type Client, openProduct, type Product } from '../support/api.ts';
import { listenTo, openEar, seeker } from '../support/leaks.ts';
import { say } from '../support/story.ts';

/** How a colleague comes in the first time and after forgetting the password: pages, machine interface, command line. */
const passwords = { first: 'walnut harbour mitten', second: 'saddle copper lantern' };
const heard = openEar();
let product: Product;
let admin: Client;
let guest: Client;
const codes: string[] = [];
beforeAll(async () => {
  product = await openProduct(undefined, {}, heard.log);
  listenTo(product, heard, () => []);
  [admin, guest] = [await product.as('admin'), await product.as()];
});

async function post(client: Client, url: string, form: Record<string, string> = {}) {
  const headers = { cookie: client.cookie, 'content-type': 'application/x-www-form-urlencoded' };
  const payload = new URLSearchParams({ ...form, _csrf: client.csrf }).toString();
  const {
    statusCode,
    payload: text,
    headers: told,
  } = await product.app.inject({ method: 'POST', url, payload, headers });
  const [, code = ''] = /class="spoken-code">([^<]+)</.exec(text) ?? [];
  if (code) codes.push(code);
  return { status: statusCode, text, to: told.location, code };
}
const place = { agency: '360121-tax', division: '360121000000' };
let made = 0;
async function add(): Promise<{ login: string; id: string; code: string }> {
  const login = `wu.min.${made++}`;
  const { text, code } = await post(admin, '/admin/accounts/add', { login, name: '吴敏', ...place });
  const [, id = ''] = /\/admin\/accounts\/([\w-]+)\?done=new/.exec(text) ?? [];
  return { login, id, code };
}
const set = (name: string, code: string, next = passwords.first, again = next) =>
  post(guest, '/sign-in/start', { name, code, next, again });
const enter = (name: string, password: string) => post(guest, '/sign-in', { name, password });

describe('a new colleague', () => {
  test('sets the password with the code on the page, and signs in after', async () => {
    const { login, id, code } = await add();
    expect(code).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$/);
    const page = await admin.call('GET', `/admin/accounts/${id}`);
    expect(page.text).toContain(say('admin.account.noPassword'));
    expect((await guest.call('GET', '/sign-in')).text).toContain('href="/sign-in/start"');
    expect(await set(login, code)).toMatchObject({ status: 303, to: '/sign-in?done=start' });
    expect((await guest.call('GET', '/sign-in?done=start')).text).toContain(say('signIn.start.done'));
    expect(await enter(login, passwords.first)).toMatchObject({ status: 303, to: '/desk' });
  });

  test('is told what is wrong beside its field, and no password comes back', async () => {
    const { login, code } = await add();
    const short = await set(login, code, 'short', 'other');
    expect(short.status).toBe(422);
    for (const words of [say('field.password-differs'), `value="${login}"`, 'id="password-error"'])
      expect(short.text).toContain(words);
    const wrong = await set(login, '0000-0000-0000');
    expect([wrong.status, wrong.text.includes(say('field.start-code-wrong'))]).toEqual([422, true]);
    for (const { text } of [short, wrong])
      for (const secret of ['short', 'other"', passwords.first, code, '0000']) expect(text).not.toContain(`"${secret}`);
    const plain = (text: string, name: string) => text.replaceAll(/value="[^"]{80,}"/g, '').replaceAll(name, '');
    const nobody = await set('nobody', code);
    expect([nobody.status, plain(nobody.text, 'nobody')]).toEqual([422, plain(wrong.text, login)]);
  });

  test('is made and comes in by the machine interface too', async () => {
    const body = { login: 'by.api', name: '吴敏', ...place };
    const headers = { 'idempotency-key': 'starts.0001' };
    const one = await admin.call<{ id: string; code: string }>('POST', '/api/v1/admin/accounts', body, headers);
    codes.push(one.body.code);
    const given = { name: 'by.api', next: passwords.first, again: passwords.first };
    const wrong = await guest.call('POST', '/api/v1/session/start', { ...given, code: 'x' });
    expect([wrong.status, wrong.body]).toMatchObject([422, { errors: [{ field: 'code', code: 'start-code-wrong' }] }]);
    expect((await guest.call('POST', '/api/v1/session/start', { ...given, code: one.body.code })).status).toBe(204);
    const signIn = { name: 'by.api', password: passwords.first };
    expect((await guest.call('POST', '/api/v1/session', signIn)).status).toBe(200);
    const path = `/api/v1/admin/accounts/${one.body.id}`;
    const another = await admin.call<{ code: string }>('POST', `${path}/start`, { reason: '忘记密码' });
    codes.push(another.body.code);
    const account = await admin.call('GET', path);
    expect(account.body).toMatchObject({ hasPassword: true, startUntil: expect.any(String) });
  });
});

describe('who forgot the password', () => {
  test('is given another code with a reason; the old password is gone once it is used, and they are told by whom', async () => {
    const { login, id, code } = await add();
    await set(login, code);
    await enter(login, passwords.first);
    const none = await post(admin, `/admin/accounts/${id}/start`);
    expect([none.status, none.text.includes(say('field.power-reason-missing'))]).toEqual([422, true]);
    const given = await post(admin, `/admin/accounts/${id}/start`, { 'why-start': '忘记密码' });
    expect([given.status, given.to, given.code.length]).toEqual([200, undefined, 14]);
    expect((await admin.call('GET', `/admin/accounts/${id}?done=start`)).text).not.toContain(given.code);
    expect((await set(login, given.code, passwords.second)).status).toBe(303);
    expect((await enter(login, passwords.first)).status).toBe(422);
    const headers = { 'content-type': 'application/x-www-form-urlencoded', cookie: guest.cookie };
    const form = new URLSearchParams({ name: login, password: passwords.second, next: '/account', _csrf: guest.csrf });
    const entered = await product.app.inject({ method: 'POST', url: '/sign-in', headers, payload: form.toString() });
    expect([entered.statusCode, entered.headers.location]).toEqual([303, '/account/start?next=%2Faccount']);
    const cookie = entered.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    for (const url of ['/account/start?next=%2Fdesk', '/account'])
      expect((await product.app.inject({ url, headers: { cookie } })).payload, url).toContain('毛俊杰');
    const { startCode } = (await product.app.inject({ url: '/api/v1/account', headers: { cookie } })).json();
    expect(startCode).toMatchObject({ by: '毛俊杰' });
  });

  test('and is another administrator is given none on a page', async () => {
    const path = '/admin/accounts/360121-audit-admin';
    const { text } = await admin.call('GET', path);
    expect([text.includes(say('admin.account.startApart')), text.includes(`${path}/start`)]).toEqual([true, false]);
    const asked = await post(admin, `${path}/start`, { 'why-start': '忘记密码' });
    expect([asked.status, asked.text.includes(say('problem.start-code-apart.title'))]).toEqual([409, true]);
  });
});

describe('at the command line', () => {
  const told = async (work: () => Promise<number | undefined>) => {
    const lines: string[] = [];
    const { write } = process.stdout;
    process.stdout.write = ((line: string) => lines.push(line)) as never;
    const done = await work().finally(() => {
      process.stdout.write = write;
    });
    const [code = ''] = /[0-9A-Z]{4}(-[0-9A-Z]{4}){2}/.exec(lines.join()) ?? [];
    codes.push(code);
    return { done, code };
  };

  test('an account without a password is told a code, and so is an administrator who forgot theirs', async () => {
    const { house } = product;
    const args = ['first.one', '周敏', '360121-government-services', '360121000000', 'security-admin'];
    const added = await told(() => peopleCommands['add-staff'].run(house, args));
    expect([added.done, (await set('first.one', added.code)).status]).toEqual([0, 303]);
    const again = await told(() => peopleCommands['give-start-code'].run(house, ['first.one', '忘记密码']));
    expect([again.done, (await set('first.one', again.code, passwords.second)).status]).toEqual([0, 303]);
    expect(await enter('first.one', passwords.second)).toMatchObject({ to: '/account/start?next=%2Fadmin' });
    expect(await peopleCommands['give-start-code'].run(house, ['first.one'])).toBeUndefined();
    await expect(peopleCommands['give-start-code'].run(house, ['nobody', 'x'])).rejects.toThrow('account-not-found');
  });
});

test('no code and no password is in a log, an address, a cookie, a header, the trail or the account', async () => {
  expect(new Set(codes).size).toBeGreaterThan(7);
  const found = seeker({ ...passwords, ...Object.fromEntries(codes.map((code) => [code, code])) });
  const { lines, addresses, cookies, headers } = heard;
  expect([lines, addresses, cookies, headers].map((said) => found(said.join('\n')))).toEqual([[], [], [], []]);
  const kept = await product.house.db.query<{ row: string }>(
    `select t::text as row from ledger.trail t union all select s::text from identity.staff s
     union all select c::text from identity.start_code c union all select o::text from platform.done_once o`,
  );
  expect(found(kept.map(({ row }) => row).join('\n'))).toEqual([]);
});
