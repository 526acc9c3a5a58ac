import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadElements } from './load.ts';

const question = (id: string, order: number, elements: string) => `questions:
  - id: ${id}
    order: ${order}
    title: { zh: 问, en: Ask }
    why: { zh: 因为, en: Because }
    elements:
      - ${elements}
`;
const element = (id: string, more: string) =>
  `{ id: ${id}, name: { zh: 名, en: Name }, sensitivity: 3, source: applicant, ${more} }`;

async function load(files: Record<string, string>) {
  const folder = await mkdtemp(join(tmpdir(), 'elements-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const { elements, problems } = await loadElements(folder);
  return { elements, problems: problems.map((p) => `${p.file.slice(folder.length + 1)}:${p.line} ${p.message}`) };
}

describe('a folder of elements', () => {
  it('is read in the order of the questions, over all files', async () => {
    const { elements, problems } = await load({
      'b.yaml': question('first', 1, element('child_name', 'type: person-name')),
      'a.yaml': question('second', 2, element('phone', 'type: phone')),
      'm.yaml': 'materials:\n  - { id: household_book, name: { zh: 户口簿, en: Household book }, source: applicant }\n',
    });
    expect(problems).toEqual([]);
    expect(elements.questions.map((each) => each.id)).toEqual(['first', 'second']);
    expect(elements.element('phone')?.type).toBe('phone');
    expect(elements.material('household_book')?.source).toBe('applicant');
    expect(elements.element('nothing')).toBeUndefined();
  });

  it('keeps what is right beside what is wrong', async () => {
    const { elements, problems } = await load({
      'a.yaml': question('good', 1, element('name', 'type: person-name')),
      'b.yaml': question('again', 2, element('name', 'type: text')),
      'c.yaml': question('odd', 3, element('odd', "type: text, pattern: '['")),
      'd.yaml': question('empty', 4, element('pick', 'type: choice')),
      'e.yaml': question('wrong', 5, element('wrong', 'type: nonsense')),
    });
    expect(elements.questions.map((each) => each.id)).toEqual(['good']);
    expect(problems).toEqual([
      'b.yaml:7 name is already the id of another',
      'c.yaml:7 [ is no regular expression',
      'd.yaml:7 a choice needs options',
      expect.stringMatching(/^e.yaml:7 questions.0.elements.0.type must be one of text, /),
    ]);
  });
});
