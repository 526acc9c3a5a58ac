import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadTexts } from './say.ts';

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'texts-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}
const greeting = folderWith({
  'a.yaml':
    'a:\n  hello: { zh: "{name}，您好", en: "Hello {name}" }\n  days: { zh: "{n} 天", en: "{n} {n|day|days}" }\n',
  'b.yaml': 'a:\n  bye: { zh: 再见, en: Bye }\n',
});

it('says a text in both languages, with its parameters', () => {
  const texts = loadTexts(greeting);
  expect(texts.say('zh')('a.hello', { name: '陈志远' })).toBe('陈志远，您好');
  expect(texts.say('en')('a.days', { n: 1 })).toBe('1 day');
  expect(texts.say('en')('a.days', { n: 2 })).toBe('2 days');
});

it('reads one map from several files', () => {
  expect(loadTexts(greeting).say('en')('a.bye')).toBe('Bye');
  expect(loadTexts(greeting).has('a.nothing')).toBe(false);
});

it('refuses an unknown key and a missing parameter, and lets the key stand in production', () => {
  expect(() => loadTexts(greeting).say('zh')('a.nothing')).toThrow('a.nothing');
  expect(() => loadTexts(greeting).say('zh')('a.hello')).toThrow('{name}');
  expect(loadTexts(greeting, false).say('zh')('a.nothing')).toBe('a.nothing');
});

it('names the file and the key of a text that is defined twice or lacks a language', () => {
  const twice = folderWith({ 'a.yaml': 'a: { b: { zh: 一, en: one } }', 'c.yaml': 'a: { b: { zh: 二, en: two } }' });
  expect(() => loadTexts(twice)).toThrow('texts/c.yaml: a.b');
  expect(() => loadTexts(folderWith({ 'a.yaml': 'a: { b: { zh: 一 } }' }))).toThrow('texts/a.yaml: a.b.zh');
});

it('refuses a text that a comma has cut in two', () => {
  const folder = folderWith({ 'a.yaml': 'a: { b: { zh: 一，二, en: one, two } }' });
  expect(() => loadTexts(folder)).toThrow('a.b is cut before “two”');
});
