import { expect, test } from 'vitest';
import { addAgency, addStaff } from '../../src/identity/door.ts';
import { openProduct } from '../support/api.ts';

test('on a node with nobody in it, an agency and then somebody who works there are added, and they sign in with a password', async () => {
  const { house, as } = await openProduct('2026-06-10T02:00:00.000Z', { demo: false });
  expect(house.identity.agencies.all('360121')).toEqual([]);
  const division = '360121100000';
  const name = { zh: '莲塘镇便民服务中心', en: 'Liantang Service Centre' };
  const given = { kind: 'township-centre', name, division, creditCode: '12360121DEM000202C' };
  const agency = await addAgency(house, given);
  expect(agency).toMatchObject({ id: '360121100000-township-centre', township: true, region: '360121' });
  expect(house.identity.agencies.resolve('township-centre', division)?.id).toBe(agency.id);

  const password = 'a long sentence nobody else would write';
  const staff = { region: '360121', login: 'xiong.xy', name: '熊晓燕', agency: agency.id, division, roles: ['clerk'] };
  await addStaff(house, { ...staff, password });
  const guest = await as();
  const wrong = await guest.call('POST', '/api/v1/session', { name: 'xiong.xy', password: 'something else entirely' });
  expect(wrong.status).toBe(403);
  const right = await guest.call<{ actor: { name: string } }>('POST', '/api/v1/session', {
    name: 'xiong.xy',
    password,
  });
  expect(right.body.actor.name).toBe('熊晓燕');
});

test('what is wrong with an agency is said all at once, and nothing is written', async () => {
  const { house } = await openProduct('2026-06-10T02:00:00.000Z', { demo: false });
  const given = {
    kind: 'Health',
    name: { zh: '', en: 'x' },
    division: '360100000000',
    creditCode: '11360121DEM000014A',
  };
  await expect(addAgency(house, given)).rejects.toMatchObject({
    fields: [
      { field: 'kind', code: 'agency-kind-format' },
      { field: 'name', code: 'agency-name-empty' },
      { field: 'division', code: 'division-unknown' },
      { field: 'creditCode', code: 'credit-code-check' },
    ],
  });
  expect(house.identity.agencies.all('360121')).toEqual([]);
});
