import { beforeAll, describe, expect, test } from 'vitest';
import { openProduct, type Product } from '../support/api.ts';

/** The description of the machine interface: whole, and about nothing else. */
type Operation = {
  operationId: string;
  summary: string;
  parameters?: { name: string; in: string }[];
  responses: Record<string, { description: string }>;
};
type Description = {
  openapi: string;
  info: { title: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
};

let product: Product;
let description: Description;
let routes: string[];
beforeAll(async () => {
  product = await openProduct();
  description = (await product.app.inject('/api/openapi.json')).json() as Description;
  routes = routesOf(product.app.printRoutes({ commonPrefix: false }));
});

const operations = () =>
  Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

describe('the description', () => {
  test('is OpenAPI 3.1 and names every route of the interface, and no page', () => {
    expect(description.openapi).toMatch(/^3\.1\.\d$/);
    expect(routes.length).toBeGreaterThan(30);
    const described = operations().map(
      ({ path, method }) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
    );
    expect(described.toSorted()).toEqual(routes.toSorted());
  });

  test('every operation has a name of its own, a summary, its parameters, and says what a problem looks like', () => {
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, operation } of operations()) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const given = (operation.parameters ?? []).filter((one) => one.in === 'path').map(({ name }) => name);
      expect(given, path).toEqual(named);
      expect(operation.summary, path).toBeTruthy();
      expect(operation.responses.default, path).toMatchObject({ content: { 'application/problem+json': {} } });
    }
  });

  test('no two paths differ in the names of their parameters only', () => {
    const shapes = Object.keys(description.paths).map((path) => path.replace(/\{\w+\}/g, '{}'));
    expect(new Set(shapes).size).toBe(shapes.length);
  });

  test('everything that is referred to is there', () => {
    const referred = [...JSON.stringify(description).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref = '']) => ref);
    expect(referred.length).toBeGreaterThan(20);
    for (const ref of new Set(referred)) {
      expect(ref).toMatch(/^#\/components\/schemas\/\w+$/);
      expect(description.components.schemas, ref).toHaveProperty(ref.split('/').at(-1) ?? '');
    }
  });
});

/** Routes of the interface from the tree the server prints of itself: every four columns a part of the path. */
function routesOf(tree: string): string[] {
  const above: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', part = '', methods = ''] = /^([\s│├└─]*)(\S+) \(([A-Z, ]+)\)/.exec(line) ?? [];
    const depth = indent.length / 4 - 1;
    above.splice(depth, above.length, part.replace(/^\//, ''));
    const path = above.join('/');
    if (!path.startsWith('/api/v1/')) return [];
    return methods.split(', ').flatMap((method) => (method === 'HEAD' ? [] : `${method} ${path}`));
  });
}
