import type { FastifyRequest } from 'fastify';
import { type Page, pageSize } from '../platform/door.ts';
import type { PaginationProps } from './components/pagination/pagination.tsx';
import { formOf, queryOf } from './forms.ts';

/** Further back nobody leafs: a list this long is searched. */
export const lastPage = 1000;

/** The page of a list the address asks for, from 1; the first when it asks for none there could be. */
export const pageOf = (request: FastifyRequest, name = 'page'): number => pageIn(queryOf(request)[name]);

/** The same of a form, which asks for a list by words that stand in no address. */
export const pagePosted = (request: FastifyRequest): number => pageIn(formOf(request).page);

function pageIn(text = '1'): number {
  const page = Number.parseInt(text, 10);
  return page >= 1 && page <= lastPage ? page : 1;
}

/** How many rows come before a page. */
export const offsetOf = (page = 1): number => (page - 1) * pageSize;

/** How many rows are known of: those of this page, and a sign that there are more. */
export const countText = ({ rows, more }: Page<unknown>): string => `${rows.length}${more ? '+' : ''}`;

/** Whether a list has nothing at all, and not merely no page so far back. */
export const isEmpty = (page: number, { rows }: Page<unknown>): boolean => page === 1 && rows.length === 0;

/** The links of a page of a list; `path` may end in a place on it, `query` is what else its address holds, `name` what a page of it is called there. */
export function leafing(
  page: number,
  found: Page<unknown>,
  path: string,
  query: Record<string, string> = {},
  name = 'page',
): Omit<PaginationProps, 'view'> {
  const [plain, place] = path.split('#');
  const to = (at: number) => {
    const asked = new URLSearchParams({ ...query, ...(at > 1 && { [name]: String(at) }) }).toString();
    return `${plain}${asked && `?${asked}`}${place ? `#${place}` : ''}`;
  };
  return around(page, found, to);
}

/** The buttons of a page of a list that is asked for by a form; `fields` is what else the form carries. */
export function leafingPosted(
  page: number,
  found: Page<unknown>,
  action: string,
  fields: Record<string, string>,
): Omit<PaginationProps, 'view'> {
  return { ...around(page, found, String), posts: { action, fields } };
}

function around(page: number, { rows, more }: Page<unknown>, to: (at: number) => string) {
  return {
    previous: page > 1 ? to(rows.length > 0 ? page - 1 : 1) : undefined,
    next: more ? to(page + 1) : undefined,
    past: rows.length === 0 && page > 1,
    ...(rows.length > 0 && { from: offsetOf(page) + 1, to: offsetOf(page) + rows.length }),
  };
}
