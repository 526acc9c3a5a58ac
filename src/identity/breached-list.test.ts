import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBreachedList } from './breached-list.ts';

const sha1 = (text: string) => createHash('sha1').update(text).digest('hex').toUpperCase();
const breached = Array.from({ length: 1000 }, (_, at) => `harvest moon over liantang ${at}`);

let folder: string;
const listOf = async (name: string, lines: string[], end = '\r\n') => {
  const file = join(folder, name);
  await writeFile(file, lines.map((line) => line + end).join(''));
  return file;
};
const lines = (passwords: string[]) => passwords.map((each, at) => `${sha1(each)}:${at * at + 1}`).sort();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongban-breached-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('a list of breached passwords', () => {
  test('finds each that is in it, the first and the last too, and no other', async () => {
    const list = await openBreachedList(await listOf('long.txt', lines(breached)));
    for (const password of breached) expect(await list.has(password), password).toBe(true);
    for (let at = 0; at < 300; at++) expect(await list.has(`nobody has written this ${at}`)).toBe(false);
  });

  test.each([1, 2, 3])('of %i lines, with other ends of lines, is searched to its end', async (length) => {
    const few = breached.slice(0, length);
    const list = await openBreachedList(await listOf(`short-${length}.txt`, lines(few), '\n'));
    for (const password of few) expect(await list.has(password)).toBe(true);
    expect(await list.has('')).toBe(false);
    expect(await list.has('another sentence')).toBe(false);
  });

  test('that is not there knows nothing', async () => {
    const list = await openBreachedList();
    expect(await list.has('password')).toBe(false);
  });

  test('must be one: anything else stops the start', async () => {
    const words = await listOf('words.txt', ['password', '123456']);
    await expect(openBreachedList(words)).rejects.toThrow('no list of breached passwords');
    await expect(openBreachedList(join(folder, 'nothing.txt'))).rejects.toThrow('ENOENT');
  });
});
