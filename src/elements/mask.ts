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

/** Down to the county and not further: 小区, 社区 and the like are no counties. */
const county = /县|市辖区|自治旗|旗|[^小社园校街景厂矿]区/u;
function endOfCounty(address: string): number {
  const found = county.exec(address);
  return found ? found.index + found[0].length : 0;
}
/** Characters that take two places in a text: those of rare names. */
const wide = /[\ud800-\udfff]/;

function keep(value: string, first: number, last: number): string {
  if (wide.test(value)) return keepOf([...value], first, last).join('');
  const { length } = value;
  if (length <= first + last) return '*'.repeat(length);
  return value.slice(0, first) + '*'.repeat(length - first - last) + value.slice(length - last);
}

function keepOf(characters: string[], first: number, last: number): string[] {
  const short = characters.length <= first + last;
  return characters.map((character, at) => (short || (at >= first && at < characters.length - last) ? '*' : character));
}
