import type { CountyFile } from '../identity/door.ts';
import { type Dice, dice } from './random.ts';

/** Somebody invented, with an ID card whose check digit is right. */
export type Invented = { name: string; sex: 'male' | 'female'; birthDate: string; idCard: string; phone: string };

/** Invents a person born in the years given. */
export function invent(
  chance: Dice,
  names: CountyFile['names'],
  region: string,
  sex: 'male' | 'female',
  born: [number, number],
): Invented {
  const birthDate = day(chance.whole(born[0], born[1]), chance.whole(1, 12), chance.whole(1, 28));
  const serial = chance.whole(25, 499) * 2 + (sex === 'male' ? 1 : 0);
  const body = `${region}${birthDate.replaceAll('-', '')}${String(serial).padStart(3, '0')}`;
  // The same card always has the same name, whoever thinks it up.
  const named = dice(Number(body.slice(6)) % 2 ** 31);
  return {
    name: named.pick(names.surnames) + named.pick(names.given[sex]),
    sex,
    birthDate,
    idCard: body + checkDigit(body),
    phone: `1380${String(chance.whole(1_000_000, 9_999_999))}`,
  };
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** The check character of an ID number's first 17 digits (GB 11643-1999). */
function checkDigit(body: string): string {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(body[index]), 0);
  return '10X98765432'[sum % 11] ?? '';
}

const day = (year: number, month: number, date: number) =>
  `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
