import { join, resolve } from 'node:path';
import { loadLimits } from '../../src/platform/door.ts';

/** The limits that ship. */
export const limits = await loadLimits(join(resolve(import.meta.dirname, '../..'), 'rules/limits.yaml'));
