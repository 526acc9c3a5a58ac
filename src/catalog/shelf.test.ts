import { describe, expect, it } from 'vitest';
import type { Bundle, Item } from './model.ts';
import { shelve } from './shelf.ts';

const text = (zh: string) => ({ zh, en: zh });
const item = (id: string, version: number) => ({ id, version, plain: text(`${id} ${version}`) }) as Item;
const bundle = (...items: string[]) =>
  ({
    id: 'story',
    version: 1,
    situation: [],
    items: items.map((id) => ({ item: id, dependsOn: [] })),
  }) as unknown as Bundle;
const elements = { questions: [], ids: () => [], element: () => undefined, material: () => undefined };
const shelf = (items: string[]) =>
  shelve(
    {
      items: [item('certificate', 1), item('card', 1), item('certificate', 2)],
      bundles: [bundle('certificate', 'card')],
    },
    { items: new Set(items), bundles: new Set(['story']) },
    elements,
  );

describe('the shelf', () => {
  it('gives the newest version, and any that was pinned', () => {
    const full = shelf(['certificate', 'card']);
    expect(full.items.map(({ id, version }) => `${id} ${version}`)).toEqual(['certificate 2', 'card 1']);
    expect(full.item('certificate')?.version).toBe(2);
    expect(full.item('certificate', 1)?.plain.zh).toBe('certificate 1');
    expect(full.item('certificate', 3)).toBeUndefined();
    expect(full.bundle('story')?.version).toBe(1);
  });

  it('lets go of what has no folder any more, and of a bundle that needs it, but not of pinned versions', () => {
    const less = shelf(['card']);
    expect(less.item('certificate')).toBeUndefined();
    expect(less.item('certificate', 2)).toBeDefined();
    expect(less.bundles).toEqual([]);
    expect(less.bundle('story')).toBeUndefined();
    expect(less.bundle('story', 1)).toBeDefined();
  });

  it('holds no condition that cannot be understood any more', () => {
    expect(
      shelf([])
        .when("gone == 'yes'")
        .holds(() => 'yes'),
    ).toBeUndefined();
  });
});
