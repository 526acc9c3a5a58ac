import { beforeAll, describe, expect, it } from 'vitest';
import { loadElements } from '../elements/door.ts';
import { loadCatalog } from './load.ts';
import type { Bundle, Item } from './model.ts';
import { indexOf, type Search } from './search.ts';

let search: Search;
beforeAll(async () => {
  const { elements } = await loadElements('elements');
  const { items, bundles } = await loadCatalog([{ items: 'items', bundles: 'bundles' }], elements);
  const first = <T>(all: T[]) => all.map((one) => ({ ...one, version: 1 }));
  search = indexOf(first(items) as Item[], first(bundles) as Bundle[]);
});

describe('somebody who types', () => {
  it.each([
    ['孩子出生', 'newborn'],
    ['新生儿', 'newborn'],
    ['上户口', 'newborn'],
    ['给宝宝上户口', 'newborn'],
    ['我想给孩子上户口怎么办理？', 'newborn'],
    ['办社保卡', 'newborn'],
    ['出生医学证明', 'newborn'],
    ['孩子刚出生', 'newborn'],
    ['老年证', 'senior-card'],
    ['怎么办老年证', 'senior-card'],
    ['老 年 证', 'senior-card'],
    ['优待证', 'senior-card'],
    ['医保', 'resident-insurance-adult'],
    ['居民医保参保', 'resident-insurance-adult'],
    ['高龄津贴', 'old-age-allowance'],
    ['老人补贴', 'old-age-allowance'],
    ['８０岁', 'old-age-allowance'],
    ['营业执照', 'self-employed-registration'],
    ['我要开店', 'self-employed-registration'],
    ['居住证', 'residence-permit'],
    ['暂住证', 'residence-permit'],
    ['残疾证', 'disability-certificate'],
    ['农村盖房子', 'rural-homestead'],
    ['失业', 'employment-registration'],
    ['理发店卫生许可证', 'public-place-hygiene'],
    ['家里遇到急难', 'temporary-relief'],
    ['养老保险', 'flexible-employment-insurance'],
    ['newborn', 'newborn'],
    ['my baby is born', 'newborn'],
    ['residence permit', 'residence-permit'],
    ['Old-age allowance', 'old-age-allowance'],
  ])('%s finds %s first', (typed, id) => {
    expect(search(typed)[0]?.id).toBe(id);
  });

  it.each(['', '   ', '？！', 'xyzzy', '火箭发射', "'; drop table cases; --", '<script>'])(
    '%j finds nothing',
    (typed) => {
      expect(search(typed)).toEqual([]);
    },
  );

  it('gets the best first, each once, and nothing that only makes sense inside a bundle', () => {
    const hits = search('登记');
    expect(hits.length).toBeGreaterThan(2);
    expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).sort((a, b) => b - a));
    expect(new Set(hits.map(({ id }) => id)).size).toBe(hits.length);
    expect(hits.map(({ id }) => id)).not.toContain('birth-registration');
  });

  it('is answered at once, whatever the length', () => {
    const started = performance.now();
    search('医保'.repeat(100_000));
    expect(performance.now() - started).toBeLessThan(500);
  });
});
