import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { loadElements } from '../elements/door.ts';
import { loadAssessments, uncovered } from './assessment.ts';

const root = resolve(import.meta.dirname, '../..');
const makers = () => loadAssessments(join(root, 'assessments'), join(root, 'no-such-folder'));

describe('impact assessments', () => {
  test('every item that asks for sensitive data has one', async () => {
    const { elements } = await loadElements(join(root, 'elements'));
    const items = readdirSync(join(root, 'items')).map(
      (id) =>
        parse(readFileSync(join(root, 'items', id, 'item.yaml'), 'utf8')) as {
          id: string;
          elements: { element: string }[];
        },
    );
    const sensitive = items.filter((item) =>
      item.elements.some(({ element }) => (elements.element(element)?.sensitivity ?? 4) >= 4),
    );
    expect(sensitive.length).toBeGreaterThan(10);
    const asking = items.map(({ id, elements }) => ({ id, elements: elements.map(({ element }) => element) }));
    expect(uncovered(asking, elements, await makers())).toEqual([]);
    expect(uncovered(asking, elements, []).sort()).toEqual(sensitive.map(({ id }) => id).sort());
  });

  test('of the makers is kept for three years at least, and says that nobody has made it their own', async () => {
    for (const { id, date, keepUntil, verified } of await makers()) {
      const [year = '', rest] = [date.slice(0, 4), date.slice(4)];
      expect(keepUntil >= `${Number(year) + 3}${rest}`, id).toBe(true);
      expect(verified, id).toBe(false);
    }
  });

  test('of whoever runs the node takes the place of the makers’, or stands beside them', async () => {
    const own = await mkdtemp(join(tmpdir(), 'tongban-assessments-'));
    onTestFinished(() => rm(own, { recursive: true }));
    const text = readFileSync(join(root, 'assessments/single-items.yaml'), 'utf8');
    const verified = text.replace('verified: false', 'verified: true');
    await writeFile(join(own, 'theirs.yaml'), verified);
    await writeFile(join(own, 'more.yaml'), verified.replace('id: single-items', 'id: of-our-own'));
    const all = await loadAssessments(join(root, 'assessments'), own);
    expect(all.filter((one) => one.verified).map(({ id }) => id)).toEqual(['single-items', 'of-our-own']);
    expect(all).toHaveLength((await makers()).length + 1);
    await writeFile(join(own, 'more.yaml'), verified.replace('purpose:', 'aim:'));
    await expect(loadAssessments(join(root, 'assessments'), own)).rejects.toThrow('more.yaml:');
  });

  test('is missing for an item that asks for what nobody knows, and for none that asks for nothing sensitive', async () => {
    const { elements } = await loadElements(join(root, 'elements'));
    const asking = [
      { id: 'unknown', elements: ['no_such_element'] },
      { id: 'plain', elements: ['applicant_address'] },
    ];
    expect(uncovered(asking, elements, [])).toEqual(['unknown']);
  });
});
