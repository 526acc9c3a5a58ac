import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Elements, loadElements } from '../elements/door.ts';
import { loadCatalog } from './load.ts';
import type { Bundle, Item } from './model.ts';
import { type Around, longest, understand, writtenOut } from './proposing.ts';

let around: Around;
const item = { kind: 'item' as const, id: 'senior-card' };
const bundle = { kind: 'bundle' as const, id: 'newborn' };
const text = readFileSync('items/senior-card/item.yaml', 'utf8');
const bundleText = readFileSync('bundles/newborn/bundle.yaml', 'utf8');

beforeAll(async () => {
  const { elements }: { elements: Elements } = await loadElements('elements');
  const { items, bundles } = await loadCatalog([{ items: 'items', bundles: 'bundles' }], elements);
  const first = <T>(all: T[]) => all.map((each) => ({ ...each, version: 1 }));
  around = { elements, items: first(items) as Item[], bundles: first(bundles) as Bundle[] };
});

describe('a text somebody wrote for an item or bundle', () => {
  it('is understood as the file of the folder is', () => {
    expect(understand(item, text, around)).toEqual({ content: parse(text), problems: [] });
    expect(understand(bundle, bundleText, around).problems).toEqual([]);
  });

  it('is told every mistake at once, with line and column', () => {
    const wrong = text.replace(/^icon:.*$/m, 'icon: 7').replace(/^topic:.*$/m, 'subject: x');
    const { content, problems } = understand(item, wrong, around);
    const lineOf = (start: string) => wrong.split('\n').findIndex((line) => line.startsWith(start)) + 1;
    expect(content).toBeUndefined();
    expect(problems).toContainEqual(
      expect.objectContaining({ line: lineOf('icon:'), column: 7, message: 'icon must be string' }),
    );
    expect(problems).toContainEqual(
      expect.objectContaining({ line: lineOf('subject:'), column: 1, message: 'subject is not a known key' }),
    );
  });

  it('may not become another item', () => {
    const { problems } = understand(item, text.replace(/^id:.*$/m, 'id: residence-permit'), around);
    expect(problems.map(({ message }) => message)).toEqual(['the id must stay senior-card']);
  });

  it('may not take away a question that an item of the bundle still needs', () => {
    const asked = parse(bundleText) as { situation: { id: string }[] };
    const rest = bundleText.replaceAll(/\bhas_birth_record\b/g, 'something_else');
    expect(asked.situation.map(({ id }) => id)).toContain('has_birth_record');
    const { problems } = understand(bundle, rest, around);
    expect(problems.map(({ message }) => message).join()).toMatch(/asks for something that is gone/);
  });

  it('is refused when it is longer than anybody could compare, before it is read', () => {
    for (const endless of ['x'.repeat(longest.characters + 1), '\n'.repeat(longest.lines)])
      expect(understand(item, endless, around).problems).toMatchObject([{ message: 'the text is too long' }]);
  });

  it('is refused when a pattern of it could run for ages', () => {
    const slow = text.replace(/pattern: '[^']*'/, () => "pattern: '(a+)+$'");
    expect(slow).not.toBe(text);
    expect(
      understand(item, slow, around)
        .problems.map(({ message }) => message)
        .join(),
    ).toMatch(/may take ages/);
  });
});

describe('a content whose text was not kept', () => {
  it('is written out so that it reads as the same, in the order people write', () => {
    for (const each of [...around.items, ...around.bundles]) {
      const { version: _, ...content } = each;
      expect(parse(writtenOut(each))).toEqual(content);
      expect(writtenOut(each)).toMatch(/^id: /);
    }
  });
});
