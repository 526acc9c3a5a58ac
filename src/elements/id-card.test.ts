import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { birthDateOf, idCardProblem, sexOf } from './id-card.ts';
import { checkCharacter112 } from './iso7064.ts';

const today = '2026-03-02';
const completed = (body: string) => body + checkCharacter112(body);
/** Valid numbers of people born from 1900 on. */
const valid = fc
  .tuple(
    fc.constantFrom('110105', '360121', '440524', '511602', '830000'),
    fc.date({ min: new Date('1900-01-01'), max: new Date('2026-03-01'), noInvalidDate: true }),
    fc.integer({ min: 1, max: 999 }),
  )
  .map(([region, birth, serial]) =>
    completed(region + birth.toISOString().slice(0, 10).replaceAll('-', '') + String(serial).padStart(3, '0')),
  );

describe('an ID number', () => {
  it.each(['11010519491231002X', '440524188001010014', completed('91122019900101123')])('%s is right', (number) => {
    expect(idCardProblem(number, today)).toBeUndefined();
  });

  it.each([
    ['110105194912310021', 'id-card-check'],
    ['110105491231002', 'id-card-fifteen'],
    ['11010519491231002', 'id-card-length'],
    ['1101051949123100X2', 'id-card-characters'],
    ['１１010519491231002X', 'id-card-characters'],
    [completed('00010519491231002'), 'id-card-region'],
    [completed('11010519490231002'), 'id-card-date'],
    [completed('11010519001301002'), 'id-card-date'],
    [completed('11010520260303002'), 'id-card-future'],
  ])('%s is %s', (number, problem) => {
    expect(idCardProblem(number, today)).toBe(problem);
  });

  it('is right for anybody born until today, and carries birth and sex', () => {
    fc.assert(
      fc.property(valid, (number) => {
        expect(idCardProblem(number, today)).toBeUndefined();
        expect(birthDateOf(number)?.replaceAll('-', '')).toBe(number.slice(6, 14));
        expect(sexOf(number)).toBe(Number(number[16]) % 2 ? 'male' : 'female');
      }),
    );
  });

  it('is refused after any one character changes', () => {
    fc.assert(
      fc.property(valid, fc.nat(17), fc.constantFrom(...'0123456789'), (number, place, digit) => {
        fc.pre(number[place] !== digit);
        const changed = number.slice(0, place) + digit + number.slice(place + 1);
        expect(idCardProblem(changed, today)).toBeDefined();
      }),
    );
  });

  it('is refused after two neighbours are swapped', () => {
    fc.assert(
      fc.property(valid, fc.nat(15), (number, place) => {
        fc.pre(number[place] !== number[place + 1]);
        const swapped = number.slice(0, place) + number[place + 1] + number[place] + number.slice(place + 2);
        expect(idCardProblem(swapped, today)).toBeDefined();
      }),
    );
  });

  it('never throws, whatever is typed', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => void idCardProblem(text, today)));
    expect(birthDateOf('nonsense')).toBeUndefined();
    expect(sexOf('')).toBeUndefined();
  });
});
