import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadTexts } from '../platform/door.ts';
import { importItems } from './import-items.ts';
import { sentences } from './import-run.ts';

const header = 'department,name,areaCode,itemCode,taskType,deptCode';
const agency = '115113010833722043';
const code = (base: string, inside = agency) => `${base}-511602000000-000-${inside}-1-00`;
const row = (more: Partial<Record<string, string>> = {}) => {
  const all = {
    department: '区教科体局',
    name: '休学审批',
    areaCode: '511602000000',
    itemCode: code('511A0138000000'),
    taskType: '1',
    deptCode: agency,
    ...more,
  };
  return header
    .split(',')
    .map((column) => all[column as keyof typeof all])
    .join(',');
};
const read = (...rows: string[]) => importItems([header, ...rows].join('\n'));
const doubts = (...rows: string[]) => read(...rows).doubts.map((doubt) => `${doubt.row} ${doubt.code}`);

describe('a row of an item list', () => {
  it('is kept whole when it is right', () => {
    const { items, summary } = read(row());
    expect(summary).toEqual({ kept: 1, keptWithDoubt: 0, rejected: 0, byCode: {} });
    expect(items[0]).toEqual({
      row: 2,
      region: '511602',
      itemCode: code('511A0138000000'),
      baseCode: '511A0138000000',
      division: '511602000000',
      department: '区教科体局',
      name: '休学审批',
      taskType: '01',
      creditCode: agency,
      deptCode: agency,
      doubts: [],
    });
  });

  it.each([
    [{ itemCode: code('511A', 'TE5116020105116050') }, 'credit-code-invalid'],
    [{ itemCode: code('511A', '2222222222222') }, 'credit-code-malformed'],
    [{ itemCode: code('511A', '00877868-5') }, 'credit-code-old'],
    [{ itemCode: code('511A', '11511301452259996u') }, 'credit-code-lowercase'],
    [{ itemCode: `511A-510000000000-000-${agency}-1-00` }, 'area-code-mismatch'],
    [{ deptCode: '130501003' }, 'dept-code-invalid'],
    [{ deptCode: '4148481895459659776' }, 'dept-code-unknown'],
    [{ deptCode: '11511301452259996u' }, 'dept-code-lowercase'],
    [{ name: '审批(县级）' }, 'name-brackets'],
    [{ name: '拖拉机\\收割机' }, 'name-characters'],
    [{ name: '下放８市' }, 'name-full-width'],
    [{ name: ' 休学审批' }, 'whitespace'],
  ])('is kept and doubted: %o', (more, expected) => {
    const { items, doubts: found } = read(row(more));
    expect(found).toMatchObject([{ row: 2, code: expected, rejected: false }]);
    expect(items[0]?.doubts).toEqual([expected]);
  });

  it.each([
    [{ name: '' }, 'name-missing'],
    [{ areaCode: '5116' }, 'area-code-malformed'],
    [{ taskType: '77' }, 'task-type-unknown'],
    [{ itemCode: 'E-000021-001-1111111111111111' }, 'item-code-malformed'],
    [{ itemCode: '' }, 'item-code-malformed'],
    [{ department: '多,一列' }, 'row-width'],
  ])('is rejected: %o', (more, expected) => {
    const { items, doubts: found } = read(row(more));
    expect(items).toEqual([]);
    expect(found).toMatchObject([{ row: 2, code: expected, rejected: true }]);
  });

  it('is rejected when its code came before, and doubted when its name did', () => {
    expect(doubts(row(), row({ name: '别的' }))).toEqual(['3 duplicate-code']);
    const { doubts: found } = read(row(), row({ itemCode: code('511B') }));
    expect(found).toMatchObject([{ row: 3, code: 'duplicate-name', other: 2 }]);
  });

  it('has its line in the file as its number, also after a name with a line break', () => {
    expect(doubts(row({ name: '"两\n行"' }), row({ name: '' }))).toEqual(['3 whitespace', '4 name-missing']);
  });

  it('never holds an invalid credit code', () => {
    expect(read(row({ itemCode: code('511A', 'TE5116020105116050') })).items[0]?.creditCode).toBeNull();
  });
});

describe('a file that is no item list', () => {
  it.each([
    ['', []],
    ['name,code\na,b', ['1 header-missing']],
    [`${header}\n"never closed`, ['2 file-broken']],
    ['\u0000\u0001\u0002', ['1 header-missing']],
  ])('is doubted as a whole', (text, expected) => {
    const { items, doubts: found } = importItems(text);
    expect(items).toEqual([]);
    expect(found.map((doubt) => `${doubt.row} ${doubt.code}`)).toEqual(expected);
  });
});

/** The list of a real district is not in the repository; it lies beside it where the project is developed. */
const real = '../shared/data/items-511602.csv';
describe.skipIf(!existsSync(real))(`the list of a real district (skipped where ${real} is missing)`, () => {
  const report = importItems(existsSync(real) ? readFileSync(real, 'utf8') : header);

  it('is kept but for three rows with codes cut off', () => {
    expect(report.rows).toBe(1135);
    expect(report.summary).toMatchObject({ kept: 1132, keptWithDoubt: 360, rejected: 3 });
    expect(report.doubts.filter(({ rejected }) => rejected).map((doubt) => `${doubt.row} ${doubt.code}`)).toEqual([
      '167 item-code-malformed',
      '368 item-code-malformed',
      '632 item-code-malformed',
    ]);
  });

  it('has these doubts', () => {
    expect(report.summary.byCode).toEqual({
      'item-code-malformed': 3,
      'dept-code-unknown': 293,
      'credit-code-malformed': 112,
      'credit-code-old': 31,
      'dept-code-lowercase': 13,
      'name-brackets': 8,
      'credit-code-invalid': 7,
      'name-full-width': 4,
      'duplicate-name': 2,
      'credit-code-lowercase': 1,
      'name-characters': 1,
      'dept-code-invalid': 1,
      'area-code-mismatch': 1,
    });
  });

  it('has one agency whose credit code is none, and forty that are right', () => {
    const invalid = report.doubts.filter(({ code: each }) => each === 'credit-code-invalid');
    expect(new Set(invalid.map(({ value }) => value))).toEqual(new Set(['TE5116020105116050']));
    const valid = new Set(report.items.flatMap(({ creditCode }) => creditCode ?? []));
    expect(valid.size).toBe(40);
  });

  it('is told in whole sentences in both languages', () => {
    const texts = loadTexts('texts', true);
    const lines = sentences(report, texts.say('zh'));
    expect(lines).toContain(
      '第 826 行：名称里有不该出现的符号（name 拖拉机\\联合收割机检验合格标志核发），已导入，请核对',
    );
    expect(lines).toContain('共 1135 行：导入 1132 行（其中 360 行有疑问），未导入 3 行。');
    expect(sentences(report, texts.say('en')).length).toBe(lines.length);
  });
});
