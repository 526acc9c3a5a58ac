import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { actions, rules } from '../../identity/door.ts';
import { loadTexts } from '../../platform/door.ts';
import { repositoryRoot } from '../root.ts';
import { places } from './places.ts';

const texts = loadTexts(join(repositoryRoot(), 'texts'));

describe('the policy can be read by people', () => {
  test.each(actions)('%s has words for what is done, by whom and how far', (action) => {
    expect(texts.has(`admin.action.${action}`), 'add it to texts/admin.yaml').toBe(true);
    for (const [who, reach] of Object.entries(rules[action])) {
      expect(texts.has(`admin.role.${who}`), who).toBe(true);
      expect(texts.has(`admin.reach.${reach}`), reach).toBe(true);
    }
  });
  test('every page of administration has a name', () => {
    for (const { name } of places) expect(texts.has(`admin.place.${name}`), name).toBe(true);
  });
});
