import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openProduct } from '../support/api.ts';

/**
 * What a page does, a program can do: docs/api-pages.md has a line for every route of a page, with the operations that do
 * the same or the reason why there are none. A page nobody thought of fails here.
 */
const file = join(import.meta.dirname, '../../docs/api-pages.md');
type Line = { page: string; says: string };
const lines: Line[] = [...readFileSync(file, 'utf8').matchAll(/^\| `([A-Z]+ \S+)` \| (.*) \|$/gm)].map(
  ([, page = '', says = '']) => ({ page, says }),
);
const reasonOf = ({ says }: Line) => /^none: (.{8,})$/.exec(says)?.[1];
const operationsOf = (line: Line) =>
  reasonOf(line) === undefined ? [...line.says.matchAll(/`(\w+)`/g)].map(([, id = '']) => id) : [];

/** What machines ask already: the interface itself, the log of acts, the health of the process, and what pages are made of. */
const machines = /^\/(api|ledger|assets|\.well-known)\/|^\/(healthz|readyz|metrics)$/;
let pages: string[];
const methods = new Map<string, string>();

beforeAll(async () => {
  const { app } = await openProduct();
  const facts = app.routeFacts.filter(({ method, url }) => method !== 'HEAD' && !machines.test(url));
  pages = facts.map(({ method, url }) => `${method} ${url}`);
  const { paths } = (await app.inject('/api/openapi.json')).json<{
    paths: Record<string, Record<string, { operationId: string }>>;
  }>();
  for (const operations of Object.values(paths))
    for (const [method, { operationId }] of Object.entries(operations)) methods.set(operationId, method);
});

describe('pages and operations', () => {
  test('every page has one line, and every line is a page there is', () => {
    expect(pages.length).toBeGreaterThan(120);
    expect(lines.map(({ page }) => page).toSorted()).toEqual(pages.toSorted());
  });

  test('a line names operations the description has, or gives a reason', () => {
    for (const line of lines) {
      const named = operationsOf(line);
      expect(named.length > 0 || reasonOf(line) !== undefined, line.page).toBe(true);
      expect(
        named.filter((id) => !methods.has(id)),
        line.page,
      ).toEqual([]);
    }
  });

  test('what changes something on a page changes something in the interface', () => {
    const changing = lines.filter((line) => line.page.startsWith('POST ') && reasonOf(line) === undefined);
    expect(changing.length).toBeGreaterThan(10);
    for (const line of changing)
      expect(
        operationsOf(line).some((id) => methods.get(id) !== 'get'),
        line.page,
      ).toBe(true);
  });
});
