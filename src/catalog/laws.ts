import Type from 'typebox';
import { type Lang, readYaml, rulesOf } from '../platform/door.ts';
import type { Basis } from './model.ts';

const closed = { additionalProperties: false };
const LawsFile = Type.Object(
  { verified: Type.Boolean(), laws: Type.Array(Type.Object({ zh: Type.String(), en: Type.String() }, closed)) },
  closed,
);

/** Law and article as a reader reads them: `行政许可法 第四十四条`, `Administrative Licensing Law, article 44`. */
export type Citation = (lang: Lang, basis: Pick<Basis, 'law' | 'article'>) => string;

/** Reads the English names of laws; an error names the first line that is wrong. */
export async function loadLaws(file: string): Promise<Citation> {
  const { laws } = rulesOf(await readYaml(file, LawsFile));
  const names = new Map(laws.map(({ zh, en }) => [zh, en]));
  return (lang, { law, article }) =>
    lang === 'zh'
      ? [law, article].filter(Boolean).join(' ')
      : [names.get(law) ?? law, article && englishArticle(article)].filter(Boolean).join(', ');
}

/** `第四十四条` → `article 44`; the number of a document (国办发〔2019〕15号) is a name and stays. */
export function englishArticle(article: string): string {
  return article.replace(/第([零一二三四五六七八九十百]+)条(、)?/g, (_, number: string, more?: string) => {
    return `article ${numberOf(number)}${more ? ', ' : ''}`;
  });
}

const digits = '零一二三四五六七八九';

/** A number of up to three digits as laws write it: 一百二十三 → 123. */
function numberOf(text: string): number {
  let sum = 0;
  let last = 0;
  for (const sign of text) {
    if (sign === '百' || sign === '十') {
      sum += (last || 1) * (sign === '百' ? 100 : 10);
      last = 0;
    } else last = digits.indexOf(sign);
  }
  return sum + last;
}
