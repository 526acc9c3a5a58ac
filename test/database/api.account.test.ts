import { beforeAll, describe, expect, test } from 'vitest';
import { clerkOf } from '../support/actors.ts';
import { type Client, openProduct, type Product } from '../support/api.ts';
import { submitted } from '../support/newborn.ts';

/** One's account, lending, organisations and emergencies through the machine interface: the same acts as on the pages. */
type Wrong = { code: string; errors: { field: string }[] };
type Session = { ref: string; here: boolean };

let at = new Date('2026-06-10T02:00:00.000Z');
const later = (minutes: number) => {
  at = new Date(at.getTime() + minutes * 60_000);
};
let product: Product;
beforeAll(async () => {
  product = await openProduct(() => at);
});
const lastEntry = async (what: string) => (await product.entries(what))[0];

test('one’s sessions are told and signed out, one or all others, and nobody else’s', async () => {
  const [here, there, third] = [await product.as('father'), await product.as('father'), await product.as('father')];
  const sessions = async (who: Client) =>
    (await who.call<{ sessions: Session[] }>('GET', '/api/v1/account')).body.sessions;
  const refOf = async (who: Client) => (await sessions(who)).find((one) => one.here)?.ref ?? '';
  expect((await sessions(here)).length).toBe(3);
  const ref = await refOf(there);
  const mother = await product.as('mother');
  await mother.call('DELETE', `/api/v1/account/sessions/${ref}`);
  expect((await there.call('GET', '/api/v1/account')).status).toBe(200);
  expect((await here.call('DELETE', `/api/v1/account/sessions/${ref}`)).status).toBe(204);
  expect((await there.call('GET', '/api/v1/account')).status).toBe(401);
  expect((await here.call('DELETE', '/api/v1/account/sessions')).status).toBe(204);
  expect((await third.call('GET', '/api/v1/account')).status).toBe(401);
  expect(await sessions(here)).toMatchObject([{ here: true }]);
});

describe('a member of staff', () => {
  let approver: Client;
  beforeAll(async () => {
    approver = await product.as('approver-health');
  });

  test('is told what is wrong with another password, and a person has none', async () => {
    const put = (who: Client, body: object) => who.call<Wrong>('PUT', '/api/v1/account/password', body);
    const wrong = await put(approver, { current: '', next: '123', again: '456' });
    expect([wrong.status, wrong.body.errors]).toMatchObject([422, [{ field: 'password' }, { field: 'again' }]]);
    const person = await put(await product.as('father'), { current: '', next: '123', again: '123' });
    expect([person.status, person.body.code]).toEqual([403, 'not-allowed']);
  });

  test('lends a power after proving who they are, and takes it back', async () => {
    later(6);
    expect((await approver.call<Wrong>('GET', '/api/v1/account/lending')).body.code).toBe('confirm-first');
    expect((await approver.call('POST', '/api/v1/account/proof', { password: 'any' })).status).toBe(204);
    expect(await lastEntry('sign-in.again')).toMatchObject({ outcome: 'done', whoId: '360121-approver-health' });
    type Lending = { own: { id: string; role: string }[]; colleagues: { id: string }[]; lent: { id: string }[] };
    const lending = async () => (await approver.call<Lending>('GET', '/api/v1/account/lending')).body;
    const { own, colleagues } = await lending();
    const power = own.find(({ role }) => role === 'approver')?.id;
    const to = colleagues.find(({ id }) => id.endsWith('lead-health'))?.id;
    const lend = (body: object) => approver.call<Wrong>('POST', '/api/v1/account/lending', { power, to, ...body });
    expect((await lend({ until: '2027-06-30', reason: '' })).body.errors).toMatchObject([
      { field: 'until' },
      { field: 'reason' },
    ]);
    expect((await lend({ until: '2026-06-12', reason: '出差' })).status).toBe(204);
    const [lent] = (await lending()).lent;
    expect(lent).toMatchObject({ role: 'approver', reason: '出差' });
    expect((await approver.call('DELETE', `/api/v1/account/lending/${lent?.id}`)).status).toBe(204);
    expect((await lending()).lent).toEqual([]);
  });

  test('opens a case outside of their reach with a reason that is one; the security administrator reviews it once', async () => {
    const number = await submitted(await product.as('father'));
    const other = await product.as('approver-approval');
    const open = (reason: string) => other.call<Wrong>('POST', '/api/v1/break-glass', { number, reason });
    expect((await other.call('GET', `/api/v1/cases/${number}`)).status).toBe(404);
    expect((await open('急')).body.errors).toMatchObject([{ field: 'reason' }]);
    expect((await open('群众在现场反映紧急情况，要当场答复')).status).toBe(204);
    expect((await other.call('GET', `/api/v1/cases/${number}`)).status).toBe(200);
    expect(await lastEntry('break-glass.open')).toMatchObject({ kind: 'alarm', about: number });

    const security = await product.as('security-admin');
    type Openings = { openings: { id: string; verdict: string | null }[] };
    const openings = async () => (await security.call<Openings>('GET', '/api/v1/admin/break-glass')).body.openings;
    const [waiting] = await openings();
    expect(waiting).toMatchObject({ number, verdict: null });
    const review = (who: Client) =>
      who.call<Wrong>('POST', `/api/v1/admin/break-glass/${waiting?.id}`, { verdict: 'justified', remark: '属实' });
    expect((await review(other)).status).toBe(403);
    expect((await review(security)).status).toBe(204);
    expect((await review(security)).body.code).toBe('nothing-to-do');
    expect(await openings()).toMatchObject([{ verdict: 'justified', remark: '属实' }]);
  });
});

describe('an organisation', () => {
  const hygiene = 'public-place-hygiene';
  const powers = '/api/v1/organisation/powers';
  let chief: Client;
  let organisation: string;
  beforeAll(async () => {
    chief = await product.as('mother');
    const { persons, organisations } = product.house.identity;
    const mother = await persons.findByIdCard(clerkOf('360121'), '360121199708260028');
    const bakery = { creditCode: '91360121MA35K2X00U', name: '南昌县小陈食品有限公司', representative: true };
    organisation = (mother && (await organisations.come(mother, bakery, 'test'))) ?? '';
  });

  test('is acted for by whoever may, and the session says so', async () => {
    const choose = (who: Client) => who.call<Wrong>('PUT', '/api/v1/session/organisation', { organisation });
    expect((await choose(await product.as('father'))).body.code).toBe('not-allowed');
    expect((await chief.call('GET', '/api/v1/organisations')).body).toMatchObject({
      organisations: [{ id: organisation, kind: 'representative', items: null }],
    });
    expect((await chief.call('GET', powers)).status).toBe(403);
    expect((await choose(chief)).status).toBe(204);
    expect((await chief.call('GET', '/api/v1/session')).body).toMatchObject({
      actor: { for: { id: organisation, representative: true } },
    });
  });

  test('has powers given, limited and taken back by its legal representative', async () => {
    const given = { name: '陈志远', idCard: '360121199503120013', items: [hygiene], until: '' };
    const post = (body: object) => chief.call<Wrong>('POST', powers, body);
    expect((await post({ ...given, items: ['taken-off-yesterday'] })).body.errors).toMatchObject([{ field: 'items' }]);
    expect((await post({ ...given, idCard: '1' })).body.errors).toMatchObject([{ field: 'id_card' }]);
    expect((await post(given)).status).toBe(204);
    expect(await lastEntry('organisation.grant')).toMatchObject({ kind: 'power', about: organisation });
    type Powers = { powers: { ref: string; kind: string; until: string | null }[] };
    const agents = async () =>
      (await chief.call<Powers>('GET', powers)).body.powers.filter(({ kind }) => kind === 'agent');
    const [agent] = await agents();
    expect(agent).toMatchObject({ holder: '陈志远', items: [hygiene], until: null });
    const path = `${powers}/${agent?.ref}`;
    expect((await chief.call('PUT', path, { items: [hygiene], until: '2026-06-30' })).status).toBe(204);
    expect(await agents()).toMatchObject([{ until: '2026-06-30' }]);
    expect((await chief.call('DELETE', path)).status).toBe(204);
    expect((await chief.call('DELETE', path)).status).toBe(404);
    expect(await agents()).toEqual([]);
  });
});
