import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadTexts, problems } from '../platform/door.ts';
import { repositoryRoot } from './root.ts';

const texts = loadTexts(join(repositoryRoot(), 'texts'));

it.each(Object.keys(problems))('%s says what happened and what to do next', (code) => {
  expect(texts.has(`problem.${code}.title`)).toBe(true);
  expect(texts.has(`problem.${code}.advice`)).toBe(true);
});
