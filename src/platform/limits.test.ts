import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { limits } from '../../test/support/limits.ts';
import { loadLimits } from './limits.ts';

test('the limits that ship can be read, and each says where it comes from', () => {
  expect(limits.answer).toMatchObject({ workdays: 5, basis: { source: '中华人民共和国行政许可法', verified: true } });
  for (const { basis } of Object.values(limits)) expect(basis.source.length * basis.says.length).toBeGreaterThan(0);
});

test('what this product proposes itself is never called verified', () => {
  const own = Object.values(limits).filter(({ basis }) => basis.source.includes('[P]'));
  expect(own.length).toBeGreaterThan(0);
  expect(own.filter(({ basis }) => basis.verified)).toEqual([]);
});

test('a limit that is missing stops the start, with its file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tongban-limits-'));
  const file = join(folder, 'limits.yaml');
  await writeFile(file, 'limits: { answer: { workdays: 5 } }\n');
  await expect(loadLimits(file)).rejects.toThrow(/limits\.yaml:1: /);
});
