import type { JSX } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** A whole HTML document from a `<Page>`. Preact escapes every text and attribute. */
export function renderPage(page: JSX.Element): string {
  return `<!doctype html>${renderToString(page)}`;
}
