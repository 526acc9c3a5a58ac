import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The repository's folder, found upwards from this file, so that sources and the bundle in `dist/` agree on it. */
export function repositoryRoot(from: string = import.meta.dirname): string {
  if (existsSync(join(from, 'package.json')) && existsSync(join(from, 'texts'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error('The folder with package.json and texts/ was not found');
  return repositoryRoot(parent);
}
