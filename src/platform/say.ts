import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Lang } from './text.ts';

/** Says a text in one language. Dotted key as in the files; `{name}` is filled from `params`. */
export type Say = (key: string, params?: Record<string, string | number>) => string;
export type Texts = { say(lang: Lang): Say; has(key: string): boolean };

type Leaf = { zh: string; en: string };

/**
 * Reads every `*.yaml` of a folder: nested maps whose leaves are `{ zh, en }`. Two files may fill the same map, but
 * never the same key.
 *
 * In a text `{days}` is replaced by the parameter, and `{days|day|days}` by the first word when it is 1 and by
 * the second otherwise, which English needs and Chinese does not.
 *
 * @param strict an unknown key or a missing parameter throws; otherwise the key stands in for the text, so that a
 *               citizen never meets an error page for a forgotten word
 */
export function loadTexts(folder: string, strict = process.env.NODE_ENV !== 'production'): Texts {
  const leaves = new Map<string, Leaf>();
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()) {
    collect(parse(readFileSync(join(folder, file), 'utf8')) ?? {}, '', file, leaves);
  }
  return {
    has: (key) => leaves.has(key),
    say: (lang) => (key, params) => {
      const leaf = leaves.get(key);
      if (leaf) return fill(leaf[lang], key, params, strict);
      if (strict) throw new Error(`No text ${key}: add it to texts/*.yaml`);
      return key;
    },
  };
}

function collect(node: unknown, path: string, file: string, into: Map<string, Leaf>): void {
  if (isLeaf(node)) {
    if (into.has(path)) throw new Error(`texts/${file}: ${path} is already defined`);
    into.set(path, node);
    return;
  }
  if (!node || typeof node !== 'object' || Array.isArray(node)) {
    throw new Error(`texts/${file}: ${path} must be a map or { zh, en }`);
  }
  for (const [name, child] of Object.entries(node)) collect(child, path ? `${path}.${name}` : name, file, into);
}

function isLeaf(node: unknown): node is Leaf {
  return (
    !!node &&
    typeof node === 'object' &&
    'zh' in node &&
    'en' in node &&
    typeof node.zh === 'string' &&
    typeof node.en === 'string'
  );
}

function fill(text: string, key: string, params: Record<string, string | number> = {}, strict: boolean): string {
  if (!text.includes('{')) return text;
  return text.replace(/\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}/g, (whole, name: string, one?: string, many?: string) => {
    const value = params[name];
    if (value === undefined) {
      if (strict) throw new Error(`Text ${key} needs {${name}}`);
      return whole;
    }
    if (one === undefined || many === undefined) return String(value);
    return Number(value) === 1 ? one : many;
  });
}
