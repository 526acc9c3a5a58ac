import type { Lang } from '../platform/door.ts';
import { realDay } from './day.ts';
import type { Element } from './model.ts';

/** How a yes or no is written is the format of the type, as the order of a date is. */
const yesNo = { yes: { zh: '是', en: 'Yes' }, no: { zh: '否', en: 'No' } } as const;
const days = {
  zh: new Intl.DateTimeFormat('zh-CN', { dateStyle: 'long', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }),
};

/** A value the way a person reads it. `divisionName` turns a twelve-digit code into a name. */
export function show(element: Element, value: string, lang: Lang, divisionName?: (code: string) => string): string {
  if (value === '') return '';
  switch (element.type) {
    case 'date':
      return showDay(value, lang);
    case 'choice':
      return element.options?.find((option) => option.value === value)?.label[lang] ?? value;
    case 'yes-no':
      return value === 'yes' || value === 'no' ? yesNo[value][lang] : value;
    case 'bank-card':
      return value.replace(/(\d{4})(?=\d)/g, '$1 ');
    case 'division':
      return divisionName?.(value) ?? value;
    default:
      return value;
  }
}

/** `2026年1月2日` or `2 January 2026`; anything that is no day as it is. */
export function showDay(day: string, lang: Lang): string {
  return realDay(day) ? days[lang].format(Date.parse(day)) : day;
}
