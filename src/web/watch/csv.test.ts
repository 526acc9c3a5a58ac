import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvOf } from './csv.ts';

/** Reads a table the way RFC 4180 says. */
function read(text: string): string[][] {
  const cells = [...text.slice(1).matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)];
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of cells) {
    rows.at(-1)?.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

describe('a table for a spreadsheet', () => {
  test('begins with the mark that makes Chinese readable', () => {
    expect(
      csvOf([
        ['乡镇', '收件'],
        ['莲塘镇', 12],
      ]),
    ).toBe('\ufeff乡镇,收件\r\n莲塘镇,12\r\n');
  });

  test('is never taken for a formula', () => {
    expect(csvOf([['=1+1', '@x', '-2', -2]])).toBe("\ufeff'=1+1,'@x,'-2,-2\r\n");
  });

  test('whatever stands in its cells is read again as it was', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '镇', '"', ',', '\n', ' ', '0') });
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1 }), (rows) => {
        const plain = rows.map((row) => [...row]);
        expect(read(csvOf(plain))).toEqual(plain);
      }),
    );
  });
});
