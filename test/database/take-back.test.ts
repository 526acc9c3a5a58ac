import { beforeAll, expect, test } from 'vitest';
import type { Client } from '../support/api.ts';
import { act, type Office, openOffice, read } from '../support/case-api.ts';
import { submitted } from '../support/newborn.ts';

/** What a colleague has claimed and cannot go on with, put back by who leads the office. */
const item = 'birth-certificate';
let office: Office;
let lead: Client;
beforeAll(async () => {
  office = await openOffice();
  lead = await office.product.as('lead-health');
});

/** A newborn's case whose first branch somebody of health has. */
async function claimedBy(who: Client): Promise<string> {
  const number = await submitted(office.father);
  await act(office.clerk, number, { type: 'accept' });
  expect((await act(who, number, { type: 'claim', item })).status).toBe(200);
  return number;
}
const standing = async (number: string) =>
  (await read(office.health, number)).body.branches.find((branch) => branch.item === item);

test('a lead puts it back on the page of the case, and anybody of the office may claim it then', async () => {
  const { product, health } = office;
  const number = await claimedBy(health);
  const url = `/desk/cases/${number}`;
  expect((await lead.call('GET', url)).text.includes(`id="release-${item}"`)).toBe(true);
  const headers = { cookie: lead.cookie, 'x-csrf-token': lead.csrf };
  const done = await product.app.inject({ method: 'POST', url, headers, payload: { act: 'release', item } });
  expect(done.headers.location).toContain('done=released');
  expect(await standing(number)).toMatchObject({ status: 'open' });
  expect((await act(lead, number, { type: 'claim', item })).status).toBe(200);
});

test('a colleague who leads nobody may not, on no page and by no program', async () => {
  const number = await claimedBy(lead);
  const refused = await act(office.health, number, { type: 'release', item });
  expect([refused.status, refused.body.code]).toEqual([409, 'branch-not-yours']);
  expect((await office.health.call('GET', `/desk/cases/${number}`)).text.includes(`id="release-${item}"`)).toBe(false);
  expect(await standing(number)).toMatchObject({ status: 'claimed' });
});

test('an office whose branch it is not may not, and nobody decides what a colleague has', async () => {
  const number = await claimedBy(office.health);
  const police = await office.product.as('approver-police');
  expect((await act(police, number, { type: 'release', item })).status).toBe(403);
  const decided = await act(lead, number, {
    type: 'decide',
    item,
    outcome: 'granted',
    reason: '符合条件',
    results: {},
  });
  expect(decided.body.code).toBe('branch-not-yours');
  expect(await standing(number)).toMatchObject({ status: 'claimed' });
});

test('what somebody else has claimed since the page was opened stays theirs', async () => {
  const { product, health } = office;
  const number = await claimedBy(health);
  const url = `/desk/cases/${number}`;
  const { text } = await lead.call('GET', url);
  const form = text.slice(text.indexOf(`id="release-${item}"`));
  const from = /name="from" value="([^"]+)"/.exec(form)?.[1] ?? '';
  expect(from).toBe('360121-approver-health');
  await act(health, number, { type: 'release', item });
  expect((await act(lead, number, { type: 'claim', item })).status).toBe(200);
  const headers = { cookie: lead.cookie, 'x-csrf-token': lead.csrf };
  const late = await product.app.inject({ method: 'POST', url, headers, payload: { act: 'release', item, from } });
  expect(late.statusCode).toBe(409);
  expect(await standing(number)).toMatchObject({ status: 'claimed' });
});

test('who does it with a power that was lent does it in the place of who lent it', async () => {
  const { product, health } = office;
  const number = await claimedBy(lead);
  const own = (await product.staff('lead-health')).powers.find(({ role }) => role === 'lead');
  const lending = { power: own?.id, to: '360121-approver-health', until: '2026-06-12', reason: '出差' };
  expect((await lead.call('POST', '/api/v1/account/lending', lending)).status).toBe(204);
  expect((await act(health, number, { type: 'release', item })).status).toBe(200);
  const [row] = await product.house.db.query<{ by: unknown }>(
    `select data -> 'by' as by from cases.event where number = $1 and type = 'branch-released'`,
    [number],
  );
  expect(row?.by).toMatchObject({ id: '360121-approver-health', actsFor: { id: '360121-lead-health' } });
});
