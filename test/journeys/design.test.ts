import { describe, expect, it } from 'vitest';
import { designPaths } from '../../src/web/design-page.tsx';
import { expectFit, wide } from './fit.ts';

const addresses = designPaths().map((path) => (path ? `/design/${path}` : '/design'));

describe('every component of the gallery', () => {
  it('is there', () => {
    expect(addresses.length).toBeGreaterThan(20);
  });

  it.each([{ elder: false }, { elder: true }])(
    'is accessible and never wider than its window: %o',
    async ({ elder }) => {
      const half = Math.ceil(addresses.length / 2);
      const parts = [addresses.slice(0, half), addresses.slice(half)];
      await Promise.all(parts.map(async (part) => expectFit(await wide('guest', { elder }), part)));
    },
    180_000,
  );
});
