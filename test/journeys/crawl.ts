import type { Page } from 'playwright-core';

/** Not pages, or the way out. */
const left = /^\/(assets|files|api|design|metrics|sign-out)|[?&](lang|mode)=|#/;

/** What a page is of: its address without what differs from one case, item or person to the next. */
export function kindOf(address: string): string {
  const { pathname, searchParams } = new URL(address, 'http://nowhere');
  const path = pathname
    .replace(/^\/(items|bundles)\/[^/]+/, '/$1/:id')
    .replace(/^\/admin\/catalog\/(items?|bundles?|proposals)\/[^/]+/, '/admin/catalog/$1/:id')
    .replace(/^\/admin\/(accounts|break-glass|clients|devices|holds|people)\/[^/]+/, '/admin/$1/:id')
    .replace(/^\/desk\/counter\/(item|bundle)\/.+/, '/desk/counter/$1/:id')
    .replace(/^\/apply\/[^/]+\/(?!materials|check|place).+/, '/apply/:draft/:question')
    .replace(/^\/apply\/[^/]+/, '/apply/:draft')
    .replace(/\/\d{6}[0-9A-Z-]+/, '/:number');
  const query = [...searchParams].flatMap(([name, value]) => {
    if (name === 'do' || value === 'done') return `${name}=${value}`;
    return ['asked', 'measure', 'page', 'q', 'view'].includes(name) ? name : [];
  });
  return [path, ...new Set(query)].sort().join(' ');
}

/**
 * Follows links from page to page and gives back one address of each kind that this reader can reach.
 *
 * @param seeds addresses that are visited in any case
 * @param seen  kinds that somebody else has brought already; the new ones are added
 */
export async function addressesOf(page: Page, seeds: string[], seen: Set<string>): Promise<string[]> {
  const found: string[] = [];
  const waiting = [...seeds];
  for (let at = 0; at < waiting.length; at++) {
    const address = waiting[at] ?? '';
    const kind = kindOf(address);
    if (left.test(address) || (seen.has(kind) && at >= seeds.length)) continue;
    seen.add(kind);
    const answer = await page.request.get(address);
    // A file to take away is no page.
    if (answer.ok() && !answer.headers()['content-type']?.startsWith('text/html')) continue;
    // A page that leads on is of the kind it leads to.
    const arrived = new URL(answer.url());
    if (arrived.pathname !== new URL(address, arrived).pathname) seen.add(kindOf(arrived.href));
    found.push(arrived.pathname + arrived.search);
    waiting.push(...linksIn(await answer.text()));
  }
  return [...new Set(found)];
}

function linksIn(html: string): string[] {
  return [...html.matchAll(/<a [^>]*href="(\/[^"]*)"/g)].map((match) => (match[1] ?? '').replaceAll('&amp;', '&'));
}
