import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../root.ts';

export type StyleArea = 'portal' | 'staff';
export type Stylesheet = {
  css: string;
  /** Of the content: part of the file name, so that it can be cached for ever. */
  hash: string;
  /** `/assets/portal.1a2b3c4d5e.css` */
  href: string;
  /** The source a content-security policy needs to allow the `<style>` of a first view. */
  csp: string;
};

const citizen = ['tokens', 'base', 'layout', 'controls', 'forms', 'content', 'case', 'print'];
const files: Record<StyleArea, string[]> = {
  portal: citizen,
  staff: [...citizen, 'staff-tabs', 'staff', 'staff-table', 'watch'],
};
const known = new Map<string, Stylesheet>();

/** The stylesheet of an area, assembled once from `src/web/styles/*.css`. */
export function stylesheet(area: StyleArea, root: string = repositoryRoot()): Stylesheet {
  const key = `${area} ${root}`;
  const cached = known.get(key);
  if (cached) return cached;
  const read = (name: string) => readFileSync(join(root, 'src', 'web', 'styles', `${name}.css`), 'utf8');
  const sheet = sheetOf(area, squeeze(files[area].map(read).join('\n')));
  known.set(key, sheet);
  return sheet;
}

function sheetOf(area: StyleArea, css: string): Stylesheet {
  // The renderer escapes these inside <style> too, and the hash would no longer match what the browser reads.
  if (/["&<]/.test(css)) throw new Error('Stylesheets use neither & nor <');
  const digest = createHash('sha256').update(css).digest();
  const hash = digest.toString('hex').slice(0, 10);
  return { css, hash, href: `/assets/${area}.${hash}.css`, csp: `'sha256-${digest.toString('base64')}'` };
}

/** Drops comments and the white space that means nothing. Strings in our styles hold no braces and no quotes. */
export function squeeze(css: string): string {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,>]) ?/g, '$1')
    .replace(/([{;][\w-]+): /g, '$1:')
    .replace(/;}/g, '}')
    .replaceAll('"', "'")
    .trim();
}
