import { fillWithPast } from '../../src/demo/past.ts';
import { openProduct, type Product } from '../support/api.ts';
import { openWorld, roles, type World } from '../support/asking.ts';
import { rootWithElsewhere } from '../support/elsewhere.ts';

/**
 * A county with a past, a family in it, and everybody of the matrix at their screens. Its clock goes on by some seconds
 * with every look at it, so that limits of pace do not hide what lies behind them.
 */
export type Town = { product: Product; worlds: World[]; personas: (string | undefined)[] };

export async function openTown(): Promise<Town> {
  let at = Date.parse('2026-06-10T02:00:00.000Z');
  const clock = () => {
    at += 500;
    return new Date(at);
  };
  const root = await rootWithElsewhere();
  const product = await openProduct(clock, { demoCases: 40 }, undefined, undefined, root);
  await fillWithPast(product.house, () => undefined);
  const worlds: World[] = [];
  for (const stage of ['handed in', 'accepted', 'returned'] as const) worlds.push(await openWorld(product, stage));
  return { product, worlds, personas: roles.map((one) => ('persona' in one ? one.persona : undefined)) };
}
