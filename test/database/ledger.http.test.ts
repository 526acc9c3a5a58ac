import { beforeAll, describe, expect, test } from 'vitest';
import { checkProof, type ProofDocument } from '../../src/ledger/door.ts';
import { cosignerOf, verifierOf } from '../../src/ledger/keys.ts';
import { type Client, openProduct, type Product } from '../support/api.ts';
import { submitted } from '../support/newborn.ts';

/** The log as the world sees it, and the proof of a case as those see it who may read the case. */
let product: Product;
let father: Client;
let number: string;
beforeAll(async () => {
  product = await openProduct();
  father = await product.as('father');
  number = await submitted(father);
  await product.house.drain();
});

describe('the proof of a case', () => {
  test('is there for who may read it, and holds with the published key', async () => {
    const { status, body, text } = await father.call<ProofDocument>('GET', `/api/v1/cases/${number}/proof`);
    expect(status).toBe(200);
    const { payload } = await product.app.inject('/ledger/keys');
    const proven = checkProof(body, payload.trim().split('\n').map(verifierOf));
    expect(proven.map((act) => [act.number, act.seq, act.type])).toEqual([[number, 1, 'submitted']]);
    for (const secret of ['陈志远', '360121-father', '360121199503120013']) expect(text).not.toContain(secret);
  });

  test('is not there for a stranger, a visitor, or for a case nobody has', async () => {
    const stranger = await product.as('mother');
    expect((await stranger.call('GET', `/api/v1/cases/${number}/proof`)).status).toBe(404);
    expect((await (await product.as()).call('GET', `/api/v1/cases/${number}/proof`)).status).toBe(401);
  });
});

describe('the public log', () => {
  test('gives checkpoint and hashes to anybody, to be kept by caches, without a cookie', async () => {
    const note = await product.app.inject('/ledger/checkpoint');
    expect([note.statusCode, note.headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8']);
    const size = Number(note.payload.split('\n')[1]);
    const tile = await product.app.inject(`/ledger/tile/0/000.p/${size}`);
    expect([tile.statusCode, tile.rawPayload.length]).toEqual([200, size * 32]);
    expect(tile.headers['cache-control']).toContain('immutable');
    expect(tile.headers['set-cookie']).toBeUndefined();
  });

  test('gives no entries', async () => {
    for (const path of ['tile/entries/000', 'tile/entries/000.p/1', 'tile/0/001', 'tile/0/../entries/000'])
      expect((await product.app.inject(`/ledger/${path}`)).statusCode, path).toBe(404);
  });

  test('a node whose log is halted is not ready', async () => {
    const { ledger } = product.house;
    expect((await product.app.inject('/readyz')).statusCode).toBe(200);
    const { healthy } = ledger;
    ledger.healthy = () => false;
    expect((await product.app.inject('/readyz')).statusCode).toBe(503);
    ledger.healthy = healthy;
  });
});

test('everything the house did is in the log, and agrees', async () => {
  const { ledger, acts } = product.house;
  await product.house.drain();
  expect(await ledger.verify(acts)).toMatchObject({ waiting: 0, difference: undefined });
});

describe('as a witness of others', () => {
  const post = (app: Product['app'], payload: string, headers = { 'content-type': 'text/plain' }) =>
    app.inject({ method: 'POST', url: '/ledger/add-checkpoint', payload, headers });

  test('a node signs over HTTP what continues the last it saw, without a cookie; the asker keeps it', async () => {
    const { ledger } = product.house;
    const witness = await openProduct(undefined, {
      witnessed: ledger.keys.join('\n'),
      ledgerOrigin: 'witness.example',
    });
    const first = (await ledger.checkpoint()) ?? '';
    const answer = await post(witness.app, `old 0\n\n${first}`);
    expect([answer.statusCode, answer.headers['set-cookie']]).toEqual([200, undefined]);
    expect(answer.payload).toMatch(/^— witness\.example [A-Za-z0-9+/=]+\n$/);
    const [published = ''] = (await witness.app.inject('/ledger/keys')).payload.split('\n');
    const key = cosignerOf(published);
    await ledger.addCosignature(answer.payload, [key], first);
    expect((await product.app.inject('/ledger/checkpoint')).payload).toBe(first + answer.payload);

    const again = await post(witness.app, `old 0\n\n${first}`);
    expect([again.statusCode, again.headers['content-type'], again.payload]).toEqual([
      409,
      'text/x.tlog.size',
      `${first.split('\n')[1]}\n`,
    ]);
    expect((await post(witness.app, 'nonsense')).statusCode).toBe(400);
    expect((await post(witness.app, `old 0\n\n${first.replace(/— /g, '— x')}`)).statusCode).toBe(403);
    expect((await post(witness.app, 'x'.repeat(40_000))).statusCode).toBe(422);
    expect((await post(product.app, `old 0\n\n${first}`)).statusCode).toBe(404);
  });
});
