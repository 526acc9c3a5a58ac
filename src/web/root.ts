import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The repository's folder, found upwards from this file, so that sources and the bundle in `dist/` agree on it. */
export const repositoryRoot = (): string => root;

function findRoot(from: string): string {
  if (existsSync(join(from, 'package.json')) && existsSync(join(from, 'texts'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error('The folder with package.json and texts/ was not found');
  return findRoot(parent);
}

// Looked for once: every icon and every page asks where it is.
const root = findRoot(import.meta.dirname);
