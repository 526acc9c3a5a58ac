import { type Answers, check, type Element } from '../elements/door.ts';
import type { Invented } from './people.ts';
import type { Dice } from './random.ts';

/** Who a case is about. `father`, `mother` and `childBorn` only matter where a child is asked about. */
export type Family = {
  applicant: Invented;
  father: Invented;
  mother: Invented;
  address: string;
  childBorn: string;
  childName: string;
};

/** An answer somebody could have given. Throws, naming the element, when none of our ideas passes its check. */
export function answerTo(element: Element, family: Family, dice: Dice, today: string): string {
  const fits = (value: string) => value !== '' && !check(element, value, { today });
  const found = ideas(element, family, dice, today).find(fits);
  if (found === undefined) throw new Error(`no invented answer fits ${element.id}`);
  return found;
}

/** Answers to everything that is asked now; asking again until an answer no longer brings up a new question. */
export function answerAll(ask: (answers: Answers) => Element[], family: Family, dice: Dice, today: string): Answers {
  const answers: Answers = {};
  for (;;) {
    const open = ask(answers).filter(({ id }) => answers[id] === undefined);
    if (open.length === 0) return answers;
    for (const element of open) answers[element.id] = answerTo(element, family, dice, today);
  }
}

function ideas(element: Element, family: Family, dice: Dice, today: string): string[] {
  const { id, type } = element;
  const who = id.startsWith('father') ? family.father : id.startsWith('mother') ? family.mother : family.applicant;
  if (id === 'child_name') return [family.childName];
  switch (type) {
    case 'person-name':
      return [who.name];
    case 'id-card':
      return [who.idCard];
    case 'phone':
      return [who.phone];
    case 'address':
      return [family.address];
    case 'yes-no':
      return [/agree|consent|declare/.test(id) || dice.chance(0.5) ? 'yes' : 'no'];
    case 'choice':
      return [dice.pick(element.options ?? []).value];
    case 'date':
      return dates(id, family, dice, today);
    case 'number':
      return [String(dice.whole(element.min ?? 1, Math.min(element.max ?? 5, (element.min ?? 1) + 4)))];
    case 'bank-card':
      return [bankCard(dice)];
    case 'credit-code':
      return ['91360121DEM000207X', '92360121DEM0002150', '11360121DEM000014B'];
    case 'division':
      return ['360121100000'];
    default:
      return texts(id);
  }
}

/** A birth is the child's; what began, began a good while ago; what is expected, lies ahead. */
function dates(id: string, { childBorn }: Family, dice: Dice, today: string): string[] {
  const away = (days: number) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
  const around = dice.chance(0.7) ? away(-dice.whole(240, 900)) : away(-dice.whole(5, 90));
  const first = /child|birth|discharge/.test(id) && !/expected/.test(id) ? childBorn : around;
  return [...(/expected/.test(id) ? [away(dice.whole(40, 200))] : []), first, today, away(60)];
}

/** Words for free text: what the element is about, then things any pattern in use would take. */
function texts(id: string): string[] {
  const about: [RegExp, string][] = [
    [/hospital/, '南昌县人民医院'],
    [/business_name/, '南昌县三江镇小胡早餐店'],
    [/scope/, '早餐制售；食品销售。'],
    [/story|reason/, '家里主要劳动力生病住院，这几个月没有收入。'],
    [/group/, '第三村民小组'],
    [/relation/, '父子'],
    [/employer|unit|company/, '南昌县小蓝电子厂'],
    [/job|skill|occupation/, '电工'],
  ];
  return [
    ...about.filter(([pattern]) => pattern.test(id)).map(([, text]) => text),
    '08:30',
    '按实际情况填写',
    '1',
    '360121001',
  ];
}

/** Sixteen digits whose last one is the Luhn check digit. */
function bankCard(dice: Dice): string {
  const body = `62284800${String(dice.whole(0, 9_999_999)).padStart(7, '0')}`;
  let sum = 0;
  for (let index = 0; index < body.length; index++) {
    const digit = Number(body[body.length - 1 - index]) * (index % 2 === 0 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return body + String((10 - (sum % 10)) % 10);
}
