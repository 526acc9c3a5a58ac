import { beforeAll, expect, test } from 'vitest';
import { act, type Office, openOffice, read } from '../support/case-api.ts';
import { answers, pdf, submitted } from '../support/newborn.ts';
import { say } from '../support/story.ts';

/** What a correction must not do: tell somebody who may not send it, or take along what it is not about. */
let office: Office;
beforeAll(async () => {
  office = await openOffice();
});

const missing = [{ what: '出生医学证明', why: '看不清' }];
async function returned(): Promise<string> {
  const number = await submitted(office.father);
  expect((await act(office.clerk, number, { type: 'return', missing })).status).toBe(200);
  return number;
}

test('whoever may read a case and not correct it is refused before a word of it is looked at', async () => {
  const { product } = office;
  const number = await returned();
  for (const persona of ['approver-health', 'lead-health', 'supervisor']) {
    const reader = await product.as(persona);
    const guess = { type: 'resubmit', answers: { child_name: '' } };
    const refused = await act(reader, number, guess);
    expect([refused.status, refused.body.code], persona).toEqual([403, 'not-allowed']);
  }
});

test('a counter neither takes away nor changes what consent was taken back for', async () => {
  const { father, clerk, product } = office;
  const number = await returned();
  const home = answers.child_home_address ?? '';
  const headers = { cookie: father.cookie, 'x-csrf-token': father.csrf };
  const url = `/account/data/consents/${number}`;
  expect((await product.app.inject({ method: 'POST', url, headers, payload: {} })).statusCode).toBe(303);
  const page = await clerk.call('GET', `/desk/cases/${number}/correct`);
  expect(page.text.includes('a_child_home_address')).toBe(false);
  const given = { child_home_address: '别处 1 号', child_name: '陈小明' };
  const done = await act(clerk, number, { type: 'resubmit', answers: given });
  expect(done.status, JSON.stringify(done.body)).toBe(200);
  const own = (await read(father, number)).body.answers;
  expect([own.child_home_address, own.child_name]).toEqual([home, '陈小明']);
  expect((await clerk.call('GET', `/api/v1/cases/${number}`)).text).not.toContain('child_home_address');
});

test('a counter is told that the applicant has sent a file since, before a paper takes its place', async () => {
  const { father, clerk } = office;
  const number = await returned();
  const page = async () => (await clerk.call('GET', `/desk/cases/${number}/correct`)).text;
  const words = say('desk.correct.since');
  expect((await page()).includes(words)).toBe(false);
  const path = `/api/v1/cases/${number}/files/delivery_record`;
  expect((await father.call('PUT', path, pdf, { 'content-type': 'application/pdf' })).status).toBe(201);
  expect((await page()).split(words).length, 'beside this one').toBe(2);
});
