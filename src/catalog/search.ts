import type { Text } from '../platform/door.ts';
import type { Bundle, Item } from './model.ts';

/** Something to start that fits what somebody typed. */
export type Hit = { kind: 'bundle' | 'item'; id: string; name: Text; plain: Text; icon: string; score: number };
export type Search = (text: string) => Hit[];

/** One text an entry can be found by. What is said of it elsewhere (the items of a bundle) weighs less. */
type Phrase = { text: string; pairs: Set<string>; words: string[]; weight: number };
type Entry = { hit: Omit<Hit, 'score'>; phrases: Phrase[] };

const most = 20;
const longestQuery = 60;
const least = 18;
/** What people say around what they want. */
const around =
  /我要|我想|想要|请问|怎么样|怎么|怎样|如何|哪里|在哪|需要|什么|材料|手续|流程|一下|可以|办理|申请|申领|领取|登记表|给|帮|办|的|了|吗|呢|啊/g;
const aroundWords = new Set('a an the for my our of to i we how do apply get need want in on and or is'.split(' '));

/** Makes the index of what can be started: single items, and bundles with everything inside them. Pure. */
export function indexOf(items: Item[], bundles: Bundle[]): Search {
  const byId = new Map(items.map((item) => [item.id, item]));
  const entries: Entry[] = [
    ...bundles.map((bundle): Entry => {
      const inside = bundle.items.flatMap(({ item }) => byId.get(item) ?? []);
      return {
        hit: hitOf('bundle', bundle),
        phrases: [...own(bundle), ...texts([bundle.summary], 0.6), ...inside.flatMap((item) => own(item, 0.75))],
      };
    }),
    ...items
      .filter(({ standalone }) => standalone !== false)
      .map((item): Entry => ({ hit: hitOf('item', item), phrases: own(item) })),
  ];
  return (text) => find(entries, text);
}

function find(entries: Entry[], text: string): Hit[] {
  const whole = plainText(text).slice(0, longestQuery);
  const core = plainText(whole.replace(around, ' ')) || whole;
  if (whole === '') return [];
  const asked = [phrase(whole, 1), phrase(core, 1)];
  return entries
    .map(({ hit, phrases }) => ({ ...hit, score: Math.round(Math.max(...asked.map((one) => score(one, phrases)))) }))
    .filter((hit) => hit.score >= least)
    .sort(
      (a, b) => b.score - a.score || rank(a) - rank(b) || a.name.zh.length - b.name.zh.length || (a.id < b.id ? -1 : 1),
    )
    .slice(0, most);
}

/** The best of: one phrase fits, a little more when several do; or many phrases together hold what was typed. */
function score(asked: Phrase, phrases: Phrase[]): number {
  const singles = phrases.map((one) => one.weight * similar(asked, one));
  const fitting = phrases.filter(({ weight }, at) => weight === 1 && (singles[at] ?? 0) >= 50).length;
  const all = new Set(phrases.flatMap(({ pairs }) => [...pairs]));
  const words = new Set(phrases.flatMap((one) => one.words));
  const together = Math.max(40 * held(asked.pairs, all), 60 * heldWords(asked.words, words));
  return Math.max(0, together, ...singles) + Math.min(10, 2 * Math.max(0, fitting - 1));
}

function similar(asked: Phrase, one: Phrase): number {
  if (asked.text === one.text) return 100;
  if (one.text.length >= 2 && asked.text.includes(one.text)) return 65 + (25 * one.text.length) / asked.text.length;
  if (one.text.includes(asked.text)) return 55 + (30 * asked.text.length) / one.text.length;
  return 50 * held(asked.pairs, one.pairs);
}

/** Share of the pairs of characters that are there; below a half it is chance. */
function held(asked: Set<string>, there: Set<string>): number {
  if (asked.size === 0) return 0;
  const share = [...asked].filter((pair) => there.has(pair)).length / asked.size;
  return share >= 0.5 ? share : 0;
}

function heldWords(asked: string[], there: Set<string>): number {
  if (asked.length === 0) return 0;
  const found = asked.filter(
    (word) => there.has(word) || (word.length >= 3 && [...there].some((one) => one.startsWith(word))),
  );
  return found.length / asked.length >= 0.5 ? found.length / asked.length : 0;
}

function hitOf(kind: Hit['kind'], { id, name, plain, icon }: Item | Bundle): Omit<Hit, 'score'> {
  return { kind, id, name, plain, icon };
}

/** At the same score the whole story comes before its parts. */
function rank({ kind }: Hit): number {
  return kind === 'bundle' ? 0 : 1;
}

function own({ name, plain, keywords }: Item | Bundle, weight = 1): Phrase[] {
  return [...texts([name, plain], weight), ...keywords.map((keyword) => phrase(plainText(keyword), weight))];
}

function texts(all: Text[], weight: number): Phrase[] {
  return all.flatMap(({ zh, en }) => [phrase(plainText(zh), weight), phrase(plainText(en), weight)]);
}

function phrase(text: string, weight: number): Phrase {
  const pairs = new Set<string>();
  const chinese = [...text.replace(/[^\p{Script=Han}]/gu, '')];
  for (let at = 0; at + 1 < chinese.length; at++) pairs.add(`${chinese[at]}${chinese[at + 1]}`);
  const words = (text.match(/[a-z0-9]+/g) ?? []).filter((word) => !aroundWords.has(word));
  return { text, pairs, words, weight };
}

/** One width, one case, no punctuation; spaces only between Latin words. */
function plainText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu, '')
    .trim();
}
