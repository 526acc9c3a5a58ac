import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openProduct, type Product, ticking } from '../support/api.ts';
import { anew, countOf, type Making, type Makings, makingOperations, openMakings } from '../support/making.ts';

/** A program whose answer was lost sends its request again: what it makes is made once, and it is told the same. */
type Wrong = { code: string; errors: { field: string }[] };

let product: Product;
let makings: Makings;
beforeAll(async () => {
  product = await openProduct(ticking());
  makings = await openMakings(product);
});

let made = 0;
const fresh = () => `sent-once-${made++}`;
const send = ({ who, path, body }: Making, key: string, other: object = {}) =>
  who.call<Wrong>('POST', `/api/v1${path}`, { ...body, ...other }, { 'idempotency-key': key });

/** Operations that need no id, and why a second request makes no second thing. */
const needNone: Record<string, string> = {
  ...once('had one before', ['actOnCase', 'enterCase', 'rateCase']),
  ...once('only reads', ['listTasks', 'listQuestions', 'judgeSource', 'findPerson', 'searchTrail']),
  ...once('only reads', ['searchCases', 'searchStaff', 'searchAccounts']),
  ...once('only reads, and says so in the trail each time', ['readCaseInFull']),
  ...once('a draft becomes one case', ['submitDraft']),
  ...once('names the one that was claimed', ['takeNextBranch']),
  ...once('done once by nature, then refused', ['answerRequest', 'reviewOpening', 'publishProposal', 'returnProposal']),
  ...once('ends once, then nothing is left to do', ['revokePower', 'revokeClient', 'revokeDevice', 'endHold']),
  ...once('stands so already', ['switchAccountOff', 'switchAccountOn']),
  ...once('another code in place of the one before', ['resetSecondStep', 'giveStartCode', 'giveDeviceCode']),
  ...once('a code is good once, then refused', ['setFirstPassword']),
  ...once('a session or a token that nobody was told ends by itself', ['signIn', 'requestToken', 'confirmSession']),
};
function once(why: string, operations: string[]): Record<string, string> {
  return Object.fromEntries(operations.map((operation) => [operation, why]));
}

describe('every operation that is posted', () => {
  test('takes an id, or needs none and we know why', async () => {
    type Operation = { operationId: string; parameters?: { name: string }[] };
    const { paths } = (await product.app.inject('/api/openapi.json')).json<{
      paths: Record<string, { post?: Operation }>;
    }>();
    const posted = Object.values(paths).flatMap(({ post }) => post ?? []);
    expect(posted.map(({ operationId }) => operationId).toSorted()).toEqual(
      [...makingOperations, ...Object.keys(needNone)].toSorted(),
    );
    const takesId = posted.filter(({ parameters = [] }) => parameters.some(({ name }) => name === 'idempotency-key'));
    expect(takesId.map(({ operationId }) => operationId).toSorted()).toEqual(
      [...makingOperations, 'actOnCase', 'enterCase', 'rateCase'].toSorted(),
    );
  });
});

describe.each(makingOperations)('%s', (operation) => {
  let making: Making;
  beforeEach(() => {
    making = anew(makings[operation]);
  });

  test('sent again makes one thing and is told the same', async () => {
    const [before, key] = [await countOf(product, making), fresh()];
    const first = await send(making, key);
    expect([201, 204], first.text).toContain(first.status);
    const again = await send(making, key);
    expect([again.status, again.body]).toEqual([first.status, first.body]);
    expect(await countOf(product, making)).toBe(before + 1);
  });

  test('sent twice at the same moment makes one thing', async () => {
    const [before, key] = [await countOf(product, making), fresh()];
    const answers = await Promise.all([send(making, key), send(making, key), send(making, key)]);
    expect(
      answers.map(({ status }) => status < 300),
      answers[0].text,
    ).toEqual([true, true, true]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await countOf(product, making)).toBe(before + 1);
  });

  test('is refused when something else is wished under its id, and without one', async () => {
    const key = fresh();
    await send(making, key);
    const before = await countOf(product, making);
    const other = await send(making, key, making.other);
    expect([other.status, other.type, other.body.code]).toEqual([
      409,
      expect.stringContaining('application/problem+json'),
      'command-id-taken',
    ]);
    const bare = await send(making, '');
    expect([bare.status, bare.body.errors]).toMatchObject([422, [{ field: 'commandId' }]]);
    expect(await countOf(product, making)).toBe(before);
    expect((await send(making, fresh(), making.other)).status).toBeLessThan(300);
    expect(await countOf(product, making)).toBe(before + 1);
  });

  test('takes its id in the body as well', async () => {
    const [before, commandId] = [await countOf(product, making), fresh()];
    for (const key of ['', fresh()]) expect((await send(making, key, { commandId })).status).toBeLessThan(300);
    expect(await countOf(product, making)).toBe(before + 1);
  });
});

describe('an id', () => {
  test('counts for who asks: two that count alike do not collide', async () => {
    const key = fresh();
    const mother = await product.as('mother');
    const own = await send(makings.startDraft, key);
    const theirs = await send({ ...makings.startDraft, who: mother }, key);
    expect([own.status, theirs.status, own.text === theirs.text]).toEqual([201, 201, false]);
  });

  test('takes the same wish in whatever order its members come', async () => {
    const key = fresh();
    const turned = Object.fromEntries(Object.entries(makings.beginHold.body).toReversed());
    expect((await send(makings.beginHold, key)).status).toBe(204);
    expect((await send({ ...makings.beginHold, body: turned }, key)).status).toBe(204);
  });

  test('is free again when its request was refused', async () => {
    const key = fresh();
    expect((await send(makings.beginHold, key, { reason: '' })).status).toBe(422);
    expect((await send(makings.beginHold, key)).status).toBe(204);
  });

  test('does not give back what was taken away since', async () => {
    const { who } = makings.grantPower;
    type Person = { powers: { id: string; role: string }[] };
    const leads = async () =>
      (await who.call<Person>('GET', '/api/v1/admin/staff/360121-approver-tax')).body.powers.filter(
        ({ role }) => role === 'lead',
      );
    const key = fresh();
    await send(makings.grantPower, key);
    for (const { id } of await leads())
      await who.call('POST', `/api/v1/admin/powers/${id}/revocation`, { why: '期满' });
    expect((await send(makings.grantPower, key)).status).toBe(204);
    expect(await leads()).toEqual([]);
  });

  test('of a machine is told the code again that opens it', async () => {
    const key = fresh();
    await send(makings.enrolDevice, key);
    const { code = '' } = (await send(makings.enrolDevice, key)).body;
    const moment = { at: product.house.clock(), from: '127.0.0.0/24' };
    expect((await product.house.identity.devices.open(code, moment, '127.0.0.1')).device.name).toBe('大厅一号');
  });

  test('says nothing in clear of who asked and what, and is forgotten after its time', async () => {
    const { db, keepings } = product.house;
    const rows = await db.query<Record<string, unknown>>(`select * from platform.done_once`);
    const text = JSON.stringify(rows.map(({ id, wish, made }) => [String(id), String(wish), made]));
    for (const word of ['sent-once', 'father', '360121-security-admin', '360121199503120013', '陈志远', '行政'])
      expect(text).not.toContain(word);
    const kept = keepings.find(({ class: name }) => name === 'done-once');
    const [begun, end] = ['2026-06-10T02:00:00.000Z', '2026-06-11T00:00:00.000Z'];
    expect([await kept?.count(begun, end), await kept?.count(end, end)]).toEqual([0, rows.length]);
    expect(await kept?.erase(end, end)).toBe(rows.length);
    expect(await kept?.count(end, end)).toBe(0);
  });
});
