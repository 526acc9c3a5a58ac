import { inject } from 'vitest';
import type { Product } from './product.ts';

/** The product of the worker this test file runs in. */
export function productHere(): Product {
  const products = inject('products');
  const found = products[(Number(process.env.VITEST_POOL_ID ?? 1) - 1) % products.length];
  if (!found) throw new Error('no product was started');
  return found;
}
