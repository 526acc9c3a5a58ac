import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Lang } from './text.ts';

/** Says a text in one language. Dotted key as in the files; `{name}` is filled from `params`. */
export type Say = (key: string, params?: Record<string, string | number>) => string;
export type Texts = { say(lang: Lang): Say; has(key: string): boolean };

type Leaf = { zh: string; en: string };
/** A place in a text that a parameter fills, as it is written there, and the words a number chooses from. */
type Blank = { whole: string; name: string; one?: string; many?: string };
/** A text as it is said: as it stands, or cut at its blanks once, when it is read. */
type Cut = string | (string | Blank)[];

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
  const texts = new Map<string, Record<Lang, Cut>>();
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()) {
    collect(parse(readFileSync(join(folder, file), 'utf8')) ?? {}, '', file, leaves);
  }
  for (const [key, { zh, en }] of leaves) texts.set(key, { zh: cut(zh), en: cut(en) });
  return {
    has: (key) => texts.has(key),
    say: (lang) => (key, params) => {
      const text = texts.get(key)?.[lang];
      if (text !== undefined) return typeof text === 'string' ? text : fill(text, key, params, strict);
      if (strict) throw new Error(`No text ${key}: add it to texts/*.yaml`);
      return key;
    },
  };
}

function collect(node: unknown, path: string, file: string, into: Map<string, Leaf>): void {
  if (isLeaf(node)) {
    // Without quotes a comma ends a text, and its rest becomes a key.
    const [, , rest] = Object.keys(node);
    if (rest) throw new Error(`texts/${file}: ${path} is cut before “${rest}”, put it in quotes`);
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

function cut(text: string): Cut {
  const parts: (string | Blank)[] = [];
  let from = 0;
  for (const match of text.matchAll(/\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}/g)) {
    const [whole, name = '', one, many] = match;
    parts.push(text.slice(from, match.index), { whole, name, one, many });
    from = match.index + whole.length;
  }
  return parts.length === 0 ? text : [...parts, text.slice(from)];
}

function fill(parts: (string | Blank)[], key: string, params: Record<string, string | number> = {}, strict: boolean) {
  let said = '';
  for (const part of parts) said += typeof part === 'string' ? part : filled(part, key, params, strict);
  return said;
}

function filled(
  { whole, name, one, many }: Blank,
  key: string,
  params: Record<string, string | number>,
  strict: boolean,
) {
  const value = params[name];
  if (value === undefined) {
    if (strict) throw new Error(`Text ${key} needs {${name}}`);
    return whole;
  }
  if (one === undefined || many === undefined) return String(value);
  return Number(value) === 1 ? one : many;
}
