import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadElements } from '../elements/door.ts';
import { loadAssessments } from './assessment.ts';

const root = resolve(import.meta.dirname, '../..');

describe('impact assessments', () => {
  test('every item that asks for sensitive data has one', async () => {
    const { elements } = await loadElements(join(root, 'elements'));
    const covered = new Set((await loadAssessments(join(root, 'assessments'))).flatMap(({ covers }) => covers.items));
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
    expect(sensitive.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual([]);
  });

  test('is kept for three years at least, and says when nobody has made it their own', async () => {
    for (const { id, date, keepUntil, verified } of await loadAssessments(join(root, 'assessments'))) {
      const [year = '', rest] = [date.slice(0, 4), date.slice(4)];
      expect(keepUntil >= `${Number(year) + 3}${rest}`, id).toBe(true);
      expect(verified, id).toBe(false);
    }
  });
});
