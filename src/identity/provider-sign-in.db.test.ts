import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clerkOf } from '../../test/support/actors.ts';
import { limits } from '../../test/support/limits.ts';
import { type KnownAccount, type RunningProvider, startProvider } from '../../test/support/outside/provider.ts';
import { userAgent } from '../../test/support/outside/user-agent.ts';
import { testDatabase } from '../../test/support/testdb.ts';
import { testVault } from '../../test/support/vault.ts';
import { type Db, type ProviderConfig, randomIds } from '../platform/door.ts';
import { type Identity, openIdentity } from './identity.ts';

/** Sign-in at a real provider, started here by the test; only the browser is a few lines of our own. */
const region = '360121';
const origin = 'http://127.0.0.1:3999';
const back = `${origin}/sign-in/provider/back`;
const [second, third] = ['urn:gov:auth:L2', 'urn:gov:auth:L3'];
const minutesLater = (minutes: number) => () => new Date(Date.now() + minutes * 60_000);

const father: KnownAccount = {
  acr: second,
  name: '陈志远',
  id_card: '360121199503120013',
  phone_number: '13800000001',
};
const newcomer: KnownAccount = {
  acr: third,
  name: '万小芳',
  id_card: '360121199001010025',
  phone_number: '+86 138 0000 0099',
};
const accounts: Record<string, KnownAccount> = {
  father,
  'father-again': father,
  newcomer,
  'other-name': { ...father, name: '陈志近', id_card: '360121194204050016' },
  'only-registered': { ...newcomer, acr: 'urn:gov:auth:L1' },
  'no-level': { ...newcomer, acr: undefined },
  'bad-card': { ...newcomer, id_card: '360121199001010021' },
  nameless: { ...newcomer, name: '' },
  changeling: { ...newcomer, id_card: '360121199708260028', name: '刘雨桐' },
};

let db: Db;
let provider: RunningProvider;
let identity: Identity;

beforeAll(async () => {
  db = await testDatabase({ role: 'tongban_app' });
  provider = await startProvider({ accounts, back: [back], leave: [`${origin}/`] });
  identity = await open();
});
afterAll(() => provider.stop());

async function open(clock = () => new Date(), at = provider, more: Partial<ProviderConfig> = {}): Promise<Identity> {
  const { issuer, clientId, secret } = at;
  return openIdentity({
    ...{
      db,
      clock,
      ids: randomIds(clock),
      vault: await testVault(db),
      demo: true,
      regions: [region],
      limits,
      folder: 'demo',
    },
    provider: { issuer, clientId, secret, origin, profile: 'national', ...more },
  });
}

function entrance(of = identity) {
  if (!of.provider) throw new Error('no provider');
  return of.provider;
}

const begin = (next = '/cases', of = identity) => entrance(of).begin({ region, next, lang: 'zh' });
const finish = (came: URL, browser: string, of = identity) =>
  entrance(of).finish({ region, query: came.search.slice(1), browser }, {});
/** Begins, goes to the provider as somebody, and comes back; `change` is what somebody in between does to the address. */
async function walk(account: string, change: (url: URL) => void = () => {}, of = identity) {
  const { url, browser } = await begin('/cases', of);
  const asked = new URL(url);
  change(asked);
  return { came: await userAgent()(asked.href, account, back), browser };
}
async function signIn(account: string, of = identity) {
  const { came, browser } = await walk(account, undefined, of);
  return finish(came, browser, of);
}
const persons = async () => (await db.query<{ rows: number }>('select count(*) as rows from identity.person'))[0]?.rows;

describe('who signs in at the provider', () => {
  test('is the person the counter knows, not a second one', async () => {
    const before = await persons();
    const known = await identity.persons.findByIdCard(clerkOf(region), '360121199503120013');
    const { session, next } = await signIn('father');
    expect(session.actor).toMatchObject({ kind: 'person', id: known?.id, name: '陈志远' });
    expect(session).toMatchObject({ via: provider.issuer, level: 2 });
    expect(next).toBe('/cases');
    expect(await persons()).toBe(before);
  });

  test('becomes known when nobody knew them, with a number that can be called', async () => {
    const { session } = await signIn('newcomer');
    const again = await signIn('newcomer');
    expect(again.session.actor).toEqual(session.actor);
    expect(again.session.token).not.toBe(session.token);
    const known = await identity.persons.findByIdCard(clerkOf(region), '360121199001010025');
    expect(known).toMatchObject({ name: '万小芳', phone: '13800000099' });
  });

  test('gets a session of their own, and the one the browser came with ends', async () => {
    const planted = await identity.signInAs('mother', new Date());
    const { came, browser } = await walk('father');
    const from = { replaces: planted.token };
    const { session } = await entrance().finish({ region, query: came.search.slice(1), browser }, from);
    expect(await identity.session(session.token, new Date())).toMatchObject({ actor: { name: '陈志远' }, level: 2 });
    expect(await identity.session(planted.token, new Date())).toBeUndefined();
  });

  test('is asked with PKCE, state, nonce and the levels that will do', async () => {
    const asked = new URL((await begin()).url).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      ...{ response_type: 'code', code_challenge_method: 'S256', redirect_uri: back, acr_values: `${second} ${third}` },
    });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.get(name)).toHaveLength(43);
    expect(asked.get('prompt')).toBeNull();
    const surer = await entrance().begin({ region, next: '/', lang: 'zh', need: 'powers' });
    expect(new URL(surer.url).searchParams.get('acr_values')).toBe(third);
    expect(new URL(surer.url).searchParams.get('prompt')).toBe('login');
  });

  test('keeps two windows apart and may finish both', async () => {
    const one = await begin('/one');
    const two = await entrance().begin({ region, next: '/two', lang: 'zh', browser: one.browser });
    expect(two.browser).toBe(one.browser);
    const through = userAgent();
    const cameTwo = await through(two.url, 'father', back);
    expect((await finish(await through(one.url, 'father', back), one.browser)).next).toBe('/one');
    expect((await finish(cameTwo, one.browser)).next).toBe('/two');
  });
});

describe('nobody gets in', () => {
  const refused = (account: string, code: string) => expect(signIn(account)).rejects.toMatchObject({ code });

  test('who is only registered, or whose level the provider does not say', async () => {
    await refused('only-registered', 'provider-level-low');
    await refused('no-level', 'provider-level-low');
  });

  test('without a name or with an ID number that cannot be', async () => {
    await refused('bad-card', 'provider-claims-wrong');
    await refused('nameless', 'provider-claims-wrong');
  });

  test('under another name than the counter knows, or with a second account', async () => {
    await signIn('father');
    await refused('other-name', 'provider-link-conflict');
    await refused('father-again', 'provider-link-conflict');
  });

  test('whose account has begun to name another person', async () => {
    await signIn('newcomer');
    const told = accounts.newcomer;
    accounts.newcomer = accounts.changeling as KnownAccount;
    await refused('newcomer', 'provider-link-conflict');
    accounts.newcomer = told as KnownAccount;
  });

  test('who changed their mind', async () => {
    await refused('', 'provider-denied');
  });
});

describe('an answer that does not fit is refused', () => {
  const wrong = { code: 'provider-answer-wrong' };

  test('with another state', async () => {
    const { came, browser } = await walk('father');
    came.searchParams.set('state', 'x'.repeat(43));
    await expect(finish(came, browser)).rejects.toMatchObject(wrong);
  });

  test('in another browser, or in none', async () => {
    const { came } = await walk('father');
    await expect(finish(came, (await begin()).browser)).rejects.toMatchObject(wrong);
    await expect(finish(came, '')).rejects.toMatchObject(wrong);
  });

  test('a second time', async () => {
    const { came, browser } = await walk('father');
    await finish(came, browser);
    await expect(finish(came, browser)).rejects.toMatchObject(wrong);
  });

  test('with a code of another sign-in, used or not', async () => {
    const first = await walk('father');
    const thief = await walk('newcomer');
    thief.came.searchParams.set('code', first.came.searchParams.get('code') ?? '');
    await expect(finish(thief.came, thief.browser)).rejects.toMatchObject(wrong);
  });

  test('with another nonce', async () => {
    const { came, browser } = await walk('father', (url) => url.searchParams.set('nonce', 'n'.repeat(43)));
    await expect(finish(came, browser)).rejects.toMatchObject(wrong);
  });

  test('from another issuer', async () => {
    const { came, browser } = await walk('father');
    came.searchParams.set('iss', 'http://127.0.0.1:1/');
    await expect(finish(came, browser)).rejects.toMatchObject(wrong);
  });

  test('ten minutes later', async () => {
    const { came, browser } = await walk('father');
    await expect(finish(came, browser, await open(minutesLater(11)))).rejects.toMatchObject(wrong);
  });

  test('when the ID token has expired', async () => {
    const hasty = await startProvider({ accounts, back: [back], idTokenSeconds: 60 });
    const [now, later] = [await open(undefined, hasty), await open(minutesLater(5), hasty)];
    const { came, browser } = await walk('father', undefined, now);
    await expect(finish(came, browser, later)).rejects.toMatchObject(wrong);
    await hasty.stop();
  });
});

describe('when the provider', () => {
  test('is down, that is said, before and after one has been there', async () => {
    const shaky = await startProvider({ accounts, back: [back] });
    const of = await open(undefined, shaky);
    const { came, browser } = await walk('father', undefined, of);
    await shaky.stop();
    await expect(finish(came, browser, of)).rejects.toMatchObject({ code: 'provider-unavailable' });
    await expect(begin('/', await open(undefined, shaky))).rejects.toMatchObject({ code: 'provider-unavailable' });
  });

  test('does not know us, that is not the fault of who signs in', async () => {
    const of = await open(undefined, provider, { secret: 'not the secret' });
    const { came, browser } = await walk('father', undefined, of);
    await expect(finish(came, browser, of)).rejects.toMatchObject({ code: 'provider-unavailable' });
  });

  test('offers to end its own sign-in, it is told where to come back to and nothing of anybody', async () => {
    const url = new URL((await entrance().leave()) ?? '');
    expect(url.origin).toBe(provider.issuer);
    expect([...url.searchParams.keys()].sort()).toEqual(['client_id', 'post_logout_redirect_uri']);
  });
});
