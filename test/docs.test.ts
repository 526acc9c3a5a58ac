import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadCatalog } from '../src/catalog/load.ts';
import { loadElements } from '../src/elements/load.ts';
import { problems } from '../src/platform/problem.ts';

/** What is written for people is held to the code, so that it stays true. */
const root = resolve(import.meta.dirname, '..');
const documents = [
  ...markdownIn(root, false),
  ...markdownIn(join(root, 'docs')),
  ...markdownIn(join(root, 'src')),
  ...markdownIn(join(root, 'bench')),
];
const read = (file: string) => readFileSync(file, 'utf8');
const name = (file: string) => relative(root, file);

describe('documents', () => {
  test('every link leads somewhere', () => {
    expect(documents.length).toBeGreaterThan(20);
    expect(documents.flatMap(brokenLinks)).toEqual([]);
  });

  test('are short enough to be read', () => {
    const longest: Record<string, number> = { 'README.md': 90, 'README.zh-CN.md': 90, 'docs/adr': 60 };
    for (const file of documents) {
      const limit = longest[name(file)] ?? longest[name(dirname(file))] ?? 200;
      expect(read(file).trimEnd().split('\n').length, name(file)).toBeLessThanOrEqual(limit);
    }
  });

  test('pictures are light enough for a slow line', () => {
    const heavy = filesIn(join(root, 'docs/images')).filter((file) => statSync(file).size > 200 * 1024);
    expect(heavy.map(name)).toEqual([]);
  });

  test('the two READMEs have the same parts', () => {
    const shape = (file: string) => {
      const text = read(join(root, file));
      const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
      return [/^## /gm, /^\| /gm, /^\d+\. /gm, /^!\[/gm, /^```sh/gm].map(count);
    };
    expect(shape('README.zh-CN.md')).toEqual(shape('README.md'));
  });

  test('the map of rooms names every room', () => {
    for (const room of readdirSync(join(root, 'src')).filter((entry) =>
      statSync(join(root, 'src', entry)).isDirectory(),
    ))
      for (const file of ['README.md', 'README.zh-CN.md'])
        expect(read(join(root, file)).includes(`| [\`${room}\`](src/${room}`), `${room} in ${file}`).toBe(true);
  });

  test('every decision record is numbered without gaps, is listed, and says what lost', () => {
    const records = readdirSync(join(root, 'docs/adr')).sort();
    const list = read(join(root, 'docs/README.md'));
    for (const [at, record] of records.entries()) {
      const text = read(join(root, 'docs/adr', record));
      expect(record.slice(0, 4)).toBe(String(at + 1).padStart(4, '0'));
      expect(list, record).toContain(`(adr/${record})`);
      for (const part of ['Context', 'Options that lost', 'Decision', 'Consequences'])
        expect(text, record).toContain(`\n## ${part}\n`);
    }
  });

  test('the glossary has one English word for each Chinese term', () => {
    const rows = read(join(root, 'docs/glossary.md')).match(/^\| .*\p{Script=Han}.* \|$/gmu) ?? [];
    const terms = rows.map((row) => row.split('|')[1]?.trim()).filter((term) => term !== '中文');
    expect(terms.length).toBeGreaterThanOrEqual(60);
    expect(terms.filter((term, at) => terms.indexOf(term) < at)).toEqual([]);
  });

  test('every setting that is read from outside is explained', () => {
    const settings = [
      ...read(join(root, 'src/platform/config.ts')).matchAll(/env\.([A-Z_]+)|whole\(env, '([A-Z_]+)'/g),
    ];
    const explained = read(join(root, 'docs/operations.md'));
    expect(settings.length).toBeGreaterThan(5);
    for (const [, plain, number] of settings) expect(explained).toContain(`| \`${plain ?? number}\` |`);
  });

  test('every package has a reason, and every reason a package', () => {
    const manifest = JSON.parse(read(join(root, 'package.json')));
    const packages = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) =>
      Object.keys(manifest[kind]),
    );
    const rows = [...read(join(root, 'docs/dependencies.md')).matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)];
    expect(rows.map(([, wanted]) => wanted).sort()).toEqual(packages.sort());
  });
});

describe('the worked example', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tongban-docs-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('is an item without a problem, exactly as it stands in the documentation', async () => {
    const [item = '', question = ''] = [
      ...read(join(root, 'docs/adding-an-item.md')).matchAll(/```yaml\n([\s\S]*?)```/g),
    ].map(([, text = '']) => text);
    mkdirSync(join(folder, 'items/home-visits'), { recursive: true });
    mkdirSync(join(folder, 'bundles'));
    mkdirSync(join(folder, 'elements'));
    writeFileSync(join(folder, 'items/home-visits/item.yaml'), item);
    writeFileSync(join(folder, 'elements/more.yaml'), `questions:\n${question}`);
    const { elements } = await loadElements(join(root, 'elements'));
    const loaded = await loadCatalog([{ items: join(folder, 'items'), bundles: join(folder, 'bundles') }], elements);
    expect(loaded.problems).toEqual([]);
    expect(loaded.items.map(({ id }) => id)).toEqual(['home-visits']);
    const more = await loadElements(join(folder, 'elements'));
    expect(more.problems).toEqual([]);
    expect(more.elements.ids()).toEqual(['visit_day']);
    expect(elements.ids()).not.toContain('visit_day');
  });
});

describe('texts', () => {
  const keys = new Set(
    readdirSync(join(root, 'texts')).flatMap((file) => keysOf(parse(read(join(root, 'texts', file))))),
  );
  const code = filesIn(join(root, 'src')).filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file));

  test('every problem says what happened and what to do next', () => {
    for (const problem of Object.keys(problems))
      for (const part of ['title', 'advice'])
        expect(keys.has(`problem.${problem}.${part}`), `${problem} ${part}`).toBe(true);
  });

  test('every text that code says is there', () => {
    const missing = code.flatMap((file) =>
      saidIn(read(file))
        .filter((key) => !keys.has(key))
        .map((key) => `${name(file)} says ${key}`),
    );
    expect(missing).toEqual([]);
    expect(code.flatMap((file) => saidIn(read(file))).length).toBeGreaterThan(100);
  });

  test('every family of texts that code says is there', () => {
    const missing = code.flatMap((file) =>
      familiesIn(read(file))
        .filter((start) => ![...keys].some((key) => key.startsWith(start)))
        .map((start) => `${name(file)} says ${start}…`),
    );
    expect(missing).toEqual([]);
  });
});

/** Keys inside the arguments of `say(…)`, also behind a condition: `say(late ? 'a.b' : 'a.c')`. */
function saidIn(text: string): string[] {
  return argumentsOfSay(text).flatMap((argument) =>
    [...argument.matchAll(/'([a-z]\w*(?:\.[\w-]+)+)'/g)].map(([, key = '']) => key),
  );
}

/** The fixed beginning of keys put together: `components.clock.${kind}`. */
function familiesIn(text: string): string[] {
  return argumentsOfSay(text).flatMap((argument) =>
    [...argument.matchAll(/`([a-z]\w*\.[\w.-]*)\$\{/g)].map(([, start = '']) => start),
  );
}

function argumentsOfSay(text: string): string[] {
  return [...text.matchAll(/\bsay\(/g)].map(({ index }) => {
    const start = index + 'say('.length;
    let depth = 1;
    let at = start;
    for (; at < text.length && depth > 0; at++) depth += text[at] === '(' ? 1 : text[at] === ')' ? -1 : 0;
    return text.slice(start, at - 1);
  });
}

function keysOf(node: unknown, path = ''): string[] {
  if (!node || typeof node !== 'object') return [];
  if ('zh' in node && 'en' in node && typeof node.zh === 'string' && node.zh && node.en) return [path];
  return Object.entries(node).flatMap(([part, child]) => keysOf(child, path ? `${path}.${part}` : part));
}

function brokenLinks(file: string): string[] {
  const links = [...read(file).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  return links
    .filter((link) => !/^[a-z]+:|^#/.test(link))
    .filter((link) => {
      const [path = '', anchor] = link.split('#');
      const target = resolve(dirname(file), path);
      return !existsSync(target) || (anchor !== undefined && !headingsOf(target).includes(anchor));
    })
    .map((link) => `${name(file)}: ${link}`);
}

function headingsOf(file: string): string[] {
  const headings = read(file).match(/^#+ .+$/gm) ?? [];
  return headings.map((line) =>
    line
      .replace(/^#+ /, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function markdownIn(folder: string, deep = true): string[] {
  const files = deep ? filesIn(folder) : readdirSync(folder).map((file) => join(folder, file));
  return files.filter((file) => file.endsWith('.md'));
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((entry) => {
    const path = join(folder, entry);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}
