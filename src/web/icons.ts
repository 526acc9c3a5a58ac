import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from './root.ts';

/** One shape of a line icon, e.g. `{ tag: 'path', attributes: { d: 'M…' } }`. */
export type IconPart = { tag: string; attributes: Record<string, string> };

const fallback = 'file-text';
const known = new Map<string, IconPart[]>();

/**
 * The shapes of a Lucide icon, read once. Names come from item files too, so an unknown one gives a plain sheet
 * of paper instead of a broken page.
 */
export function iconParts(name: string, root: string = repositoryRoot()): IconPart[] {
  const cached = known.get(name);
  if (cached) return cached;
  const parts = hasIcon(name, root) ? partsOf(readFileSync(fileOf(name, root), 'utf8')) : iconParts(fallback, root);
  known.set(name, parts);
  return parts;
}

/** Whether the icon set has this name. */
export function hasIcon(name: string, root: string = repositoryRoot()): boolean {
  return /^[a-z0-9-]+$/.test(name) && existsSync(fileOf(name, root));
}

function fileOf(name: string, root: string): string {
  return join(root, 'node_modules', 'lucide-static', 'icons', `${name}.svg`);
}

function partsOf(svg: string): IconPart[] {
  const shapes = svg.matchAll(/<(path|circle|rect|line|polyline|polygon|ellipse)\s([^>]*?)\/>/g);
  return [...shapes].map(([, tag = 'path', text = '']) => ({
    tag,
    attributes: Object.fromEntries(
      [...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]),
    ),
  }));
}
