import { describe, expect, test } from 'vitest';
import { buildingOf } from './home.ts';

describe('an address down to the building', () => {
  test.each([
    ['江西省南昌市南昌县莲塘镇澄湖小区3栋502室', '莲塘镇澄湖小区3栋'],
    ['莲塘镇 澄湖小区 ３栋 101', '莲塘镇澄湖小区3栋'],
    ['南昌县莲塘镇振兴路12号3栋2单元502号', '莲塘镇振兴路12号3栋'],
    ['江西省南昌市南昌县向塘镇新村5组12号', '向塘镇新村5组12号'],
    ['澄湖社区7号', '澄湖社区7号'],
  ])('of %s', (address, expected) => {
    expect(buildingOf(address)).toBe(expected);
  });
  test('is none where no house is named', () => {
    for (const address of ['', '莲塘镇', '江西省南昌市南昌县向塘镇新村5组'])
      expect(buildingOf(address)).toBeUndefined();
  });
});
