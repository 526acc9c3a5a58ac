import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '../..');

/** Every text that has English words as well: of pages, questions, items and bundles. Names and places have none. */
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

/** Words of an English page that are Chinese although there are English ones for them. */
export function leftInChinese(html: string): string[] {
  const words = [...html.replace(/<(style|textarea)[\s\S]*?<\/\1>/g, '').matchAll(/>([^<]+)</g)].map((match) =>
    (match[1] ?? '').trim(),
  );
  return [...new Set(words.filter((text) => /[\u4e00-\u9fff]/.test(text) && translated.has(text)))];
}
