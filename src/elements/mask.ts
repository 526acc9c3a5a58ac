import type { Element } from './model.ts';

/**
 * A value as somebody may see it who need not see all of it: enough to recognise one's own, not enough to use.
 * Names 张*, document numbers six and four, telephones three and four, addresses down to the county.
 */
export function mask(element: Element, value: string): string {
  if (value === '' || element.sensitivity <= 2) return value;
  switch (element.type) {
    case 'person-name':
      return [...value].map((character, at) => (at === 0 ? character : '*')).join('');
    case 'id-card':
    case 'credit-code':
      return keep(value, 6, 4);
    case 'phone':
      return keep(value, 3, 4);
    case 'bank-card':
      return keep(value, 0, 4);
    case 'address':
      return /^.*?(?:县|市辖区|自治旗|旗|[^小社园校街景厂矿]区)/u.exec(value)?.[0].concat('****') ?? '****';
    case 'date':
      return `${value.slice(0, 4)}-**-**`;
    case 'number':
    case 'choice':
    case 'yes-no':
    case 'division':
      return element.sensitivity >= 4 ? '****' : value;
    default:
      return keep(value, 1, 0);
  }
}

function keep(value: string, first: number, last: number): string {
  const characters = [...value];
  if (characters.length <= first + last) return '*'.repeat(characters.length);
  const hidden = '*'.repeat(characters.length - first - last);
  return characters.slice(0, first).join('') + hidden + characters.slice(characters.length - last).join('');
}
