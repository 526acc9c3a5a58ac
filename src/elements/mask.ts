import type { Element } from './model.ts';

/**
 * A value as somebody may see it who need not see all of it: enough to recognise one's own, not enough to use.
 * Names 张*, document numbers six and four, telephones three and four, addresses down to the county.
 */
export function mask(element: Element, value: string): string {
  if (value === '' || element.sensitivity <= 2) return value;
  switch (element.type) {
    case 'person-name':
      return keep(value, 1, 0);
    case 'id-card':
    case 'credit-code':
      return keep(value, 6, 4);
    case 'phone':
      return keep(value, 3, 4);
    case 'bank-card':
      return keep(value, 0, 4);
    case 'address':
      return `${value.slice(0, endOfCounty(value))}****`;
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

/** What stands before 区 where it is no district: 小区, 社区 and the like are no counties. */
const noDistrict = '小社园校街景厂矿';

/** Compared as numbers, for a list asks every character of a hundred addresses. */
const [county, banner, district] = [...'县旗区'].map((sign) => sign.charCodeAt(0));

/** Down to the county (县, 旗 or 区) and not further. */
function endOfCounty(address: string): number {
  for (let at = 0; at < address.length; at++) {
    const sign = address.charCodeAt(at);
    if (sign === county || sign === banner) return at + 1;
    if (sign === district && at > 0 && !noDistrict.includes(address.charAt(at - 1))) return at + 1;
  }
  return 0;
}

/** Characters that take two places in a text: those of rare names. */
const wide = /[\ud800-\udfff]/;

/** Lists mask hundreds of values at a time: their asterisks are not made anew for each. */
const rows = Array.from({ length: 64 }, (_, length) => '*'.repeat(length));
const stars = (length: number): string => rows[length] ?? '*'.repeat(length);

function keep(value: string, first: number, last: number): string {
  if (wide.test(value)) return keepOf([...value], first, last).join('');
  const { length } = value;
  if (length <= first + last) return stars(length);
  const begun = value.slice(0, first) + stars(length - first - last);
  return last === 0 ? begun : begun + value.slice(length - last);
}

function keepOf(characters: string[], first: number, last: number): string[] {
  const short = characters.length <= first + last;
  return characters.map((character, at) => (short || (at >= first && at < characters.length - last) ? '*' : character));
}
