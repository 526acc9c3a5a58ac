import type { Spelling } from './place-spelling.ts';

/** The kinds of places, peoples and names that are more than pinyin: Chinese to English. */
export type PlaceWords = Record<'divisions' | 'sites' | 'peoples' | 'names', Record<string, string>>;

/** Marks inside names. */
const marks = new Map(Object.entries({ '(': ' (', ')': ') ', '、': ', ', '·': '-', '-': '-' }));

/**
 * English names of divisions, made by rule: the kind of place (镇, 自治县, 社区居委会) is translated, what comes before it
 * is spelled. At least two characters are left for the name where they can be: 新林区 is Xinlin District, and no forestry
 * district called Xin.
 */
export function englishNames(words: PlaceWords, spelled: Spelling): (name: string) => string {
  const { divisions, sites, names } = words;
  const kindOf = endings({ ...divisions, ...sites });
  const siteOf = endings(sites);
  const peoplesIn = peopleFinder(words.peoples);

  return (name) =>
    name
      .normalize('NFKC')
      .split(/([()、·-])/)
      .map((part) => marks.get(part) ?? partName(part))
      .join('')
      .replace(/ +(?=[ ),]|$)/g, '')
      .trim();

  function partName(part: string): string {
    // A code nobody knows is no name.
    if (!/\p{Script=Han}/u.test(part)) return part;
    const known = names[part];
    const kind = kindOf(part);
    if (known !== undefined || kind === undefined) return known ?? spelled(part);
    const own = part.slice(0, part.length - kind.length);
    return sites[kind] === undefined ? divisionName(part, own, kind) : joined(siteOwner(own), sites[kind]);
  }

  function divisionName(part: string, own: string, kind: string): string {
    const [place, peoples] = names[own] === undefined ? peoplesIn(own, kind) : [own, []];
    const said = divisions[kind === '乡' && peoples.length > 0 ? '民族乡' : kind];
    return joined(place && (names[place] ?? spelled(part, place.length)), listed(peoples), said);
  }

  /** What stands before a farm, a zone or an office: whose it is, another one of them, a name. */
  function siteOwner(own: string): string {
    const [, owner = '', name = ''] = /^(.{2,3}[省市县])(?!级)(.*)$/u.exec(own) ?? [own, '', own];
    return joined(owner && partName(owner), siteOf(name) ? partName(name) : (names[name] ?? spelled(name)));
  }
}

/** Takes `双江拉祜族佤族` apart: the place, and the peoples of an autonomous place or an ethnic township. */
function peopleFinder(peoples: Record<string, string>) {
  const all = Object.keys(peoples).sort(longerFirst);
  const each = new RegExp(`(${all.join('|')})族?`, 'gu');
  const living = `(?:${all.join('|')})族`;
  const plain = new RegExp(`^(.*?)((?:${living})+)$`, 'u');
  // 新疆维吾尔自治区 and 鄂温克民族乡 leave the 族 away.
  const short = all.filter(({ length }) => length > 1).join('|');
  const autonomous = new RegExp(`^(.*?)((?:${living})*(?:${living}|${short}))$`, 'u');
  return (own: string, kind: string): [place: string, peoples: string[]] => {
    const [, place = own, found = ''] = (/^(自治|民族)/.test(kind) ? autonomous : plain).exec(own) ?? [];
    return [place, [...found.matchAll(each)].map(([, people = '']) => peoples[people] ?? '')];
  };
}

/** Finds what a name ends with. */
function endings(kinds: Record<string, string>): (name: string) => string | undefined {
  const all = Object.keys(kinds).sort(longerFirst);
  return (name) => {
    if (kinds[name] !== undefined) return name;
    const fitting = all.filter((kind) => name.endsWith(kind));
    return fitting.find((kind) => name.length - kind.length > 1) ?? fitting[0];
  };
}

/** A, B and C. */
function listed(words: string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

const longerFirst = (a: string, b: string) => b.length - a.length;
const joined = (...parts: (string | undefined)[]) => parts.filter(Boolean).join(' ');
