import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Citation, englishArticle, loadLaws } from './laws.ts';

const root = join(import.meta.dirname, '../..');
let cite: Citation;
beforeAll(async () => {
  cite = await loadLaws(join(root, 'rules/laws.yaml'));
});

describe('a law is cited', () => {
  const basis = { law: '中华人民共和国行政许可法', article: '第四十四条' };
  test('in Chinese as it is written', () => expect(cite('zh', basis)).toBe('中华人民共和国行政许可法 第四十四条'));
  test('in English by its English name', () =>
    expect(cite('en', basis)).toBe('Administrative Licensing Law, article 44'));
  test('by its Chinese name when there is no English one', () =>
    expect(cite('en', { law: '某县办法' })).toBe('某县办法'));

  test.each([
    ['第七条', 'article 7'],
    ['第十条', 'article 10'],
    ['第十九条、第四十七条', 'article 19, article 47'],
    ['第一百零三条', 'article 103'],
    ['第一百二十条', 'article 120'],
    ['国办发〔2019〕15号', '国办发〔2019〕15号'],
  ])('%s is %s', (article, expected) => expect(englishArticle(article)).toBe(expected));
});

/** Everything called `law` in the delivered items and bundles. */
function lawsIn(node: unknown): string[] {
  if (!node || typeof node !== 'object') return [];
  const own = 'law' in node && typeof node.law === 'string' ? [node.law] : [];
  return [...own, ...Object.values(node).flatMap(lawsIn)];
}

test('every law of the delivered items and bundles has an English name', () => {
  const laws = ['items', 'bundles'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.yaml'))
      .flatMap((file) => lawsIn(parse(readFileSync(join(root, folder, file), 'utf8')))),
  );
  expect(laws.length).toBeGreaterThan(50);
  expect([...new Set(laws)].filter((law) => /[\u4e00-\u9fff]/.test(cite('en', { law })))).toEqual([]);
});
