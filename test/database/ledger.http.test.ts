import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkProof, type ProofDocument } from '../../src/ledger/door.ts';
import { cosignerOf, verifierOf } from '../../src/ledger/keys.ts';
import { folder } from '../support/acts.ts';
import { type Client, openProduct, type Product } from '../support/api.ts';
import { submitted } from '../support/newborn.ts';

/** The log as the world sees it, and the proof of a case as those see it who may read the case. */
let product: Product;
let father: Client;
let number: string;
/** What the script for outsiders says of a proof. */
async function verified(proof: string) {
  const file = join(await folder(), 'proof.json');
  await writeFile(file, proof);
  return spawnSync(process.execPath, ['scripts/verify-proof.mjs', file], { encoding: 'utf8' });
}

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

  test('with its acts binds what was done: all of it for the applicant, what offices did for them', async () => {
    const path = `/api/v1/cases/${number}/proof?acts=yes`;
    const clerk = await product.as('clerk-liantang');
    const command = { command: { type: 'accept' }, commandId: 'proof.accept' };
    await clerk.call('POST', `/api/v1/cases/${number}/commands`, command);
    await product.house.drain();
    const keys = product.house.ledger.keys.map(verifierOf);
    const { body, text } = await father.call<ProofDocument>('GET', path);
    const proven = checkProof(body, keys);
    expect(proven.slice(0, 2).map(({ type }) => type)).toEqual(['submitted', 'accepted']);
    expect(body.acts.every(({ act }) => act)).toBe(true);
    expect(Buffer.from(body.acts[0]?.opened ?? '', 'base64').toString()).toContain('360121199503120013');
    const said = await verified(text);
    expect([said.status, said.stdout]).toEqual([0, expect.stringContaining(`accepted: act 2 of ${number}`)]);
    expect(said.stdout).toContain('360121199503120013');

    for (const change of [
      ({ acts: [first] }: ProofDocument) => Object.assign(first?.act ?? {}, { at: '2026-06-10T02:00:00.001Z' }),
      ({ acts: [first] }: ProofDocument) => Object.assign(first ?? {}, { opened: 'AAAA' }),
    ]) {
      const forged = structuredClone(body);
      change(forged);
      expect(() => checkProof(forged, keys)).toThrow(/of entry \d+/);
      expect(await verified(JSON.stringify(forged))).toMatchObject({
        status: 1,
        stderr: expect.stringMatching(/of entry/),
      });
    }
    const office = await clerk.call<ProofDocument>('GET', path);
    expect(checkProof(office.body, keys)).toHaveLength(body.acts.length);
    expect(office.body.acts.slice(0, 2).map(({ act }) => act !== undefined)).toEqual([false, true]);
    for (const secret of ['陈志远', '360121199503120013', '"opened"']) expect(office.text).not.toContain(secret);
  });

  test('is offered on the page of the case, to the applicant and at the desk, and by the slip', async () => {
    const address = `/api/v1/cases/${number}/proof?acts=yes`;
    const clerk = await product.as('clerk-liantang');
    expect((await father.call('GET', `/cases/${number}`)).text).toContain(address);
    expect((await clerk.call('GET', `/desk/cases/${number}`)).text).toContain(address);
    const { text } = await clerk.call('GET', `/desk/cases/${number}/slip`);
    expect(text).toContain(`<p class="code">/cases/${number}</p>`);
    expect(text).toContain('<svg role="img"');
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
