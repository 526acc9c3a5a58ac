import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { repetitionOf } from '../src/catalog/repetition.ts';

/**
 * No regular expression of the product takes ages over a text somebody has thought up. What is looked for: something
 * repeated without end inside something repeated without end, and two neighbours that repeat the same signs without end.
 * What is not: alternatives that begin alike inside a repetition. Expressions made by code from parts are not seen.
 */
const root = resolve(import.meta.dirname, '..');
const files = (folder: string, ending: RegExp) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => ending.test(file))
    .map((file) => join(root, folder, file));

type Found = { file: string; source: string };
/** A slash begins an expression where no value can have ended before it. */
const literal =
  /(?:[=(,:[!&|?{;]|=>|return|\n)\s*\/((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])*)\/[dgimsuvy]*/g;
const pattern = /pattern: '((?:\\.|[^'\\])*)'/g;

function inCode(): Found[] {
  return files('src', /(?<!\.test)\.tsx?$/).flatMap((file) => {
    const text = readFileSync(file, 'utf8').replace(/^\s*(\/\/|\/?\*).*$/gm, '');
    const literals = [...text.matchAll(literal)].map(([, source = '']) => source);
    const patterns = [...text.matchAll(pattern)].map(([, source = '']) => source.replaceAll('\\\\', '\\'));
    return [...literals, ...patterns].map((source) => ({ file: relative(root, file), source }));
  });
}

function inData(): Found[] {
  return ['elements', 'items', 'bundles', 'providers', 'demo'].flatMap((folder) =>
    files(folder, /\.ya?ml$/).flatMap((file) =>
      patternsIn(parse(readFileSync(file, 'utf8'))).map((source) => ({ file: relative(root, file), source })),
    ),
  );
}

function patternsIn(value: unknown): string[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'pattern' && typeof inner === 'string' ? [inner] : patternsIn(inner),
  );
}

describe('regular expressions', () => {
  test('the search sees those there are', () => {
    expect(inCode().length).toBeGreaterThan(120);
    for (const { file, source } of inCode()) expect(() => new RegExp(source), `${file}: ${source}`).not.toThrow();
  });

  test('none of code or data repeats what repeats', () => {
    const wrong = [...inCode(), ...inData()].filter(({ source }) => repetitionOf(source) !== undefined);
    expect(wrong.map((found) => ({ ...found, because: repetitionOf(found.source) }))).toEqual([]);
  });

  test.each([
    '(a+)+$',
    '(\\w*x?)*',
    '((ab)*c*)+',
    '(?:\\d{2,})*z',
    '\\s*\\s*$',
    '.*.*=',
    '\\w+\\d+x',
    '(?<n>[a-z]+\\s?)+',
  ])('finds %s', (source) => expect(repetitionOf(source)).toBeDefined());
  test.each(['a+b+', '(?:ab{1,3})+', '^\\d{17}[\\dX]$', '\\s*=\\s*', '[^"]*"', '\\(+\\)+', '[(+*]+x'])(
    'lets %s be',
    (source) => expect(repetitionOf(source)).toBeUndefined(),
  );
});
