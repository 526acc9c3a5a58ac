import { createRequire } from 'node:module';
import Type from 'typebox';
import { Basis, type Lang, readYaml, rulesOf } from '../platform/door.ts';
import { englishNames } from './place-name.ts';
import { placeSpelling } from './place-spelling.ts';

/**
 * What a place is called in the reader's language, by its Chinese name; several names are those of one place, the larger
 * first: 莲塘镇莲塘村委会 · Liantang Village, Liantang Town.
 */
export type PlaceName = (lang: Lang, ...names: string[]) => string;

const closed = { additionalProperties: false };
const Words = Type.Record(Type.String({ minLength: 1 }), Type.String({ minLength: 1 }));
const PlaceNamesFile = Type.Object(
  {
    basis: Type.Array(Basis, { minItems: 1 }),
    ...{ divisions: Words, sites: Words, peoples: Words, names: Words, readings: Words },
  },
  closed,
);

/** More than the places of a county; a list says the same few again and again. */
const namesKept = 5000;

/** Reads what the rule does not know by itself; an error names the first line that is wrong. */
export async function loadPlaceNames(file: string): Promise<PlaceName> {
  const found = await readYaml(file, PlaceNamesFile);
  const value = rulesOf(found);
  const uneven = Object.entries(value.readings).filter(([text, said]) => [...text].length !== said.split(' ').length);
  const problems = uneven.map(([text]) => found.problemAt(['readings', text], 'needs a syllable for each character'));
  rulesOf({ ...found, problems });
  const english = englishNames(value, placeSpelling(value.readings, read));
  const known = new Map<string, string>();
  const said = (name: string) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    if (known.size >= namesKept) known.clear();
    const text = english(name);
    known.set(name, text);
    return text;
  };
  return (lang, ...names) => (lang === 'zh' ? names.join('') : names.map(said).filter(Boolean).reverse().join(', '));
}

// Loading its dictionary takes 50 ms and more: not before a name is asked for in English.
const load = createRequire(import.meta.url);
let dictionary: typeof import('pinyin-pro') | undefined;

function read(text: string): string[] {
  dictionary ??= load('pinyin-pro') as typeof import('pinyin-pro');
  return dictionary.pinyin(text, { toneType: 'none', type: 'array', toneSandhi: false });
}
