import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { creditCodeProblem, creditCodeValid, orgCodeValid } from './credit-code.ts';
import { checkCharacter3736 } from './iso7064.ts';
import { luhnValid, phoneValid } from './numbers.ts';

describe('a unified social credit code', () => {
  it.each([
    '11511301008778183N',
    '115113010833722043',
    '11511301MB0T669970',
    '115113016823646795',
    '1151130174468656XH',
  ])('%s of a real agency is right', (code) => expect(creditCodeProblem(code)).toBeUndefined());

  it.each([
    ['TE5116020105116050', 'credit-code-check'],
    ['115113010087781831', 'credit-code-check'],
    ['11511301008778183', 'credit-code-length'],
    ['11511301OO8778183N', 'credit-code-characters'],
    ['11511301008778183Z', 'credit-code-characters'],
    ['11511301452259996u', 'credit-code-characters'],
  ])('%s is %s', (code, problem) => expect(creditCodeProblem(code)).toBe(problem));

  it('is refused after any one character changes', () => {
    const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
    fc.assert(
      fc.property(fc.nat(17), fc.constantFrom(...alphabet), (place, character) => {
        const code = '11511301MB0T669970';
        fc.pre(code[place] !== character);
        expect(creditCodeValid(code.slice(0, place) + character + code.slice(place + 1))).toBe(false);
      }),
    );
  });
});

describe('an organisation code', () => {
  it.each(['08337220-4', '083372204', '00877836X', '76726532-X', '32334539-6'])('%s is right', (code) => {
    expect(orgCodeValid(code)).toBe(true);
  });
  it.each(['130501003', '08337220-5', '0087790701', '11736', ''])('%s is wrong', (code) => {
    expect(orgCodeValid(code)).toBe(false);
  });
});

describe('the check character MOD 37,36', () => {
  it.each([
    ['11100000000013338W011' + '11430000006122244L' + '20230000403' + '001', 'U'],
    ['11100000MB03271699022' + '340100' + '000000016' + '001', '9'],
  ])('of the licence number %s is %s', (text, character) => expect(checkCharacter3736(text)).toBe(character));

  it('tells any one changed character', () => {
    const alphabet = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    const text = fc.string({ unit: fc.constantFrom(...alphabet), minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(text, fc.nat(), fc.constantFrom(...alphabet), (whole, at, character) => {
        const place = at % whole.length;
        fc.pre(whole[place] !== character);
        const changed = whole.slice(0, place) + character + whole.slice(place + 1);
        expect(checkCharacter3736(changed)).not.toBe(checkCharacter3736(whole));
      }),
    );
  });

  it('is none for other characters', () => expect(checkCharacter3736('12-3')).toBeUndefined());
});

describe('numbers people carry', () => {
  it.each(['6222600260001072444', '4111111111111111'])('card %s fits', (card) => expect(luhnValid(card)).toBe(true));
  it.each(['6222600260001072445', '4111111111111112', '', '4'])('card %s does not', (card) => {
    expect(luhnValid(card)).toBe(false);
  });
  it.each(['13800138000', '19900000000', '0791-85812345', '01012345678', '12345', '400-810-8888'])(
    'phone %s can be called',
    (phone) => expect(phoneValid(phone)).toBe(true),
  );
  it.each(['12800138000', '1380013800', '138001380000', '85812345', 'abc', ''])('phone %s cannot', (phone) => {
    expect(phoneValid(phone)).toBe(false);
  });
});
