import type { Lang } from '../../platform/door.ts';

/** 甲、乙和丙 · A, B and C */
export function listOfNames(names: string[], lang: Lang): string {
  return new Intl.ListFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', { type: 'conjunction' }).format(names);
}

/** The later of two days. */
export const laterOf = (a: string, b: string): string => (a > b ? a : b);
