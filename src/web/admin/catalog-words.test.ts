import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadTexts } from '../../platform/door.ts';
import { repositoryRoot } from '../root.ts';
import { mistakeLine, mistakeText } from './catalog-words.ts';

const texts = loadTexts(join(repositoryRoot(), 'texts'));
const say = texts.say('zh');

/** Every message a review can give, with something put where the code puts something. */
const messages = ['review.ts', 'proposing.ts'].flatMap((file) => {
  const code = readFileSync(join(repositoryRoot(), 'src/catalog', file), 'utf8');
  const found = [...code.matchAll(/(?:&& |message: |\? |return |, |^ +)[`']([^`']*[a-z] [a-z][^`']*)[`']/gm)].map(
    ([, message = '']) => message,
  );
  return found.map((message) => message.replace(/\$\{[^}]*\}/g, 'some_name'));
});

describe('what is wrong with an item, in the words of who edits it', () => {
  test('the messages are found where they are written', () => {
    expect(messages.length).toBeGreaterThan(14);
  });
  test.each(messages)('%s', (message) => {
    expect(mistakeText(say, message)).not.toContain(message);
  });
  test.each(['a.b must be string', 'a must be one of x, y', 'a is not a known key', 'a must be <= 730'])(
    '%s',
    (message) => {
      expect(mistakeText(say, message)).not.toContain(message);
    },
  );
  test('the kind of value that is wanted has a word too', () => {
    expect(mistakeText(say, 'agency must be string')).toContain('文字');
  });
  test('what nobody has words for is shown as it is, and where', () => {
    const problem = { file: 'item.yaml', line: 3, column: 7, message: 'Flow sequence must end with a ]' };
    expect(mistakeLine(say, problem)).toBe('第 3 行第 7 字：写法不对（Flow sequence must end with a ]）');
  });
});
