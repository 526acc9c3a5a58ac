import { beforeAll, describe, expect, test } from 'vitest';
import { openKin } from '../../src/kin.ts';
import { openProduct, type Product } from '../support/api.ts';
import { say } from '../support/story.ts';

/** Reading about one's own neighbours, as far as anybody can tell (src/kin.ts). The father lives in a flat of 澄湖小区5栋. */
const region = '360121';
const reader = { region, id: `${region}-clerk-liantang` };
const village = '360121100003';
let product: Product;

beforeAll(async () => {
  product = await openProduct();
});

const kinOf = (person: string) => openKin(product.house.identity, product.house.cases)(reader, `${region}-${person}`);
const livesAt = (division: string, address: string) =>
  product.house.identity.homes.keep(region, 'clerk-liantang', { division, address });

describe('a colleague of a township', () => {
  test('has no neighbours while nobody said where they live', async () => {
    expect(await kinOf('father')).toBeUndefined();
  });
  test('has those of the same building, whichever flat and however the address begins', async () => {
    await livesAt(village, '莲塘镇公园路社区 澄湖小区５栋 1单元101室');
    expect(await kinOf('father')).toBe('same-building');
    const [row] = await product.house.db.query<{ row: string }>(
      'select s::text as row from identity.staff s where id = $1',
      [reader.id],
    );
    expect(row?.row).not.toContain('澄湖');
  });
  test('else those of the same village, and nobody of another', async () => {
    await livesAt(village, '莲塘镇公园路社区澄湖小区8栋');
    expect(await kinOf('father')).toBe('same-village');
    await livesAt(village, '');
    expect(await kinOf('father')).toBe('same-village');
    expect(await kinOf('older-resident')).toBeUndefined();
  });
  test('who works in that very village has none by the village alone: there everybody is of it', async () => {
    await product.house.db.query('update identity.staff set division = $2 where id = $1', [reader.id, village]);
    expect(await kinOf('father')).toBeUndefined();
    await livesAt(village, '莲塘镇公园路社区澄湖小区5栋');
    expect(await kinOf('father')).toBe('same-building');
  });
  test('lives in a village of the county, and has an account', async () => {
    const { homes } = product.house.identity;
    for (const division of ['360121100000', '360123100001', '360121100999', 'x'])
      await expect(livesAt(division, ''), division).rejects.toMatchObject({ code: 'form-invalid' });
    const nobody = homes.keep(region, 'nobody', { division: village, address: '' });
    await expect(nobody).rejects.toMatchObject({ code: 'account-not-found' });
  });
});

test('the audit administrator is told, in words', async () => {
  const auditor = await product.as('audit-admin');
  const who = { kind: 'staff', id: reader.id } as const;
  const at = new Date('2026-06-10T02:00:00.000Z');
  const reading = { region, at, kind: 'reading', what: 'case.read', who, from: '', outcome: 'done' } as const;
  await product.house.trail.record({ ...reading, whose: `${region}-mother`, reason: 'work' });
  await product.house.drain();
  expect((await auditor.call('GET', '/admin/alarms')).text).toContain(say('admin.alarms.kin.same-building'));
});
