/** Lists that go on over pages. Pure. */

/** Rows on a page of any list. */
export const pageSize = 50;
export type Page<Row> = { rows: Row[]; more: boolean };

/** A page, of rows of which one more was asked for than it holds: that one says that the list goes on. */
export function pageFrom<Row>(rows: Row[]): Page<Row> {
  return { rows: rows.slice(0, pageSize), more: rows.length > pageSize };
}
