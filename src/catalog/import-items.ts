import { CsvError, parse } from 'csv-parse/sync';
import { creditCodeValid, orgCodeValid } from '../elements/door.ts';

/**
 * Reads a list of service items as districts export it, keeps what is right and doubts the rest, row by row. Pure.
 * A row whose item cannot be told apart from others is rejected; anything else is kept, with what was wrong in it left
 * empty and said.
 */
export type DoubtCode = (typeof rejecting)[number] | (typeof doubting)[number];
const rejecting = [
  'file-broken',
  'header-missing',
  'row-width',
  'name-missing',
  'item-code-malformed',
  'duplicate-code',
  'area-code-malformed',
  'task-type-unknown',
] as const;
const doubting = [
  'area-code-mismatch',
  'credit-code-invalid',
  'credit-code-malformed',
  'credit-code-old',
  'credit-code-lowercase',
  'dept-code-invalid',
  'dept-code-unknown',
  'dept-code-lowercase',
  'duplicate-name',
  'name-brackets',
  'name-characters',
  'name-full-width',
  'whitespace',
] as const;

/** `row` is the line in the file, `other` the row it collides with. */
export type Doubt = { row: number; column: string; code: DoubtCode; value: string; rejected: boolean; other?: number };
export type ImportedItem = {
  row: number;
  region: string;
  itemCode: string;
  baseCode: string;
  division: string;
  department: string;
  name: string;
  taskType: string;
  /** Of the agency that carries the item out, where the code holds a valid one. */
  creditCode: string | null;
  deptCode: string;
  doubts: DoubtCode[];
};
export type ImportReport = {
  rows: number;
  items: ImportedItem[];
  doubts: Doubt[];
  summary: { kept: number; keptWithDoubt: number; rejected: number; byCode: Partial<Record<DoubtCode, number>> };
};

const columns = ['department', 'name', 'areaCode', 'itemCode', 'taskType', 'deptCode'] as const;
type Row = Record<(typeof columns)[number], string>;
type Say = (column: string, code: DoubtCode, value: string, other?: number) => void;

/** local base code - division - 3 digits - agency (with or without a hyphen) - level - serial */
const itemCodeShape = /^([0-9A-Z]{1,14}(?:-\d{1,6}){0,2})-(\d{12})-(\d{3})-([0-9A-Za-z]+(?:-[0-9A-Z])?)-(\d)-(\d{2})$/;
/** GB/T 39046-2020 A.1 */
const taskTypes = new Set(['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '20']);

export function importItems(csvText: string): ImportReport {
  const doubts: Doubt[] = [];
  const items: ImportedItem[] = [];
  const seen = { codes: new Map<string, number>(), names: new Map<string, number>() };
  const records = readRows(csvText, doubts);
  for (const { line, row } of records) {
    const own: Doubt[] = [];
    const item = row ? judge(row, line, seen, sayInto(own, line)) : undefined;
    if (!row) sayInto(own, line)('', 'row-width', '');
    if (item) items.push({ ...item, doubts: own.map(({ code }) => code) });
    doubts.push(...own);
  }
  return { rows: records.length, items, doubts, summary: summarise(records.length, items, doubts) };
}

function judge(
  typed: Row,
  line: number,
  seen: { codes: Map<string, number>; names: Map<string, number> },
  say: Say,
): Omit<ImportedItem, 'doubts'> | undefined {
  const row = tidied(typed, say);
  const taskType = row.taskType.padStart(2, '0');
  const code = itemCodeShape.exec(row.itemCode);
  const twin = seen.codes.get(row.itemCode);
  if (row.name === '') say('name', 'name-missing', '');
  else if (!/^\d{12}$/.test(row.areaCode)) say('areaCode', 'area-code-malformed', row.areaCode);
  else if (!taskTypes.has(taskType)) say('taskType', 'task-type-unknown', row.taskType);
  else if (!code) say('itemCode', 'item-code-malformed', row.itemCode);
  else if (twin !== undefined) say('itemCode', 'duplicate-code', row.itemCode, twin);
  else {
    const [, baseCode = '', division = '', , agency = ''] = code;
    seen.codes.set(row.itemCode, line);
    if (division !== row.areaCode) say('itemCode', 'area-code-mismatch', `${division} ≠ ${row.areaCode}`);
    judgeName(row, line, seen.names, say);
    judgeDepartment(row.deptCode, say);
    const { name, department, itemCode, deptCode } = row;
    const creditCode = creditCodeIn(agency, say);
    const region = row.areaCode.slice(0, 6);
    return { row: line, region, itemCode, baseCode, division, department, name, taskType, creditCode, deptCode };
  }
  return undefined;
}

function tidied(typed: Row, say: Say): Row {
  const row = { ...typed };
  for (const column of columns) {
    row[column] = typed[column].replace(/[\s\u200b\ufeff]+/g, column === 'name' ? ' ' : '').trim();
    if (row[column] !== typed[column]) say(column, 'whitespace', typed[column]);
  }
  row.name = row.name.replace(/[０-９Ａ-Ｚａ-ｚ]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
  if (/[０-９Ａ-Ｚａ-ｚ]/.test(typed.name)) say('name', 'name-full-width', typed.name);
  return row;
}

function judgeName({ department, name }: Row, line: number, names: Map<string, number>, say: Say): void {
  const key = `${department} ${name}`;
  const twin = names.get(key);
  if (twin === undefined) names.set(key, line);
  else say('name', 'duplicate-name', name, twin);
  if (!balanced(name)) say('name', 'name-brackets', name);
  if (/[\\<>{}|^~`\p{Cc}\ufffd]/u.test(name)) say('name', 'name-characters', name);
}

/** The agency inside an item code: its credit code, or where the list is older only its organisation code. */
function creditCodeIn(agency: string, say: Say): string | null {
  const upper = agency.toUpperCase();
  if (creditCodeValid(upper)) {
    if (upper !== agency) say('itemCode', 'credit-code-lowercase', agency);
    return upper;
  }
  if (orgCodeValid(upper)) say('itemCode', 'credit-code-old', agency);
  else say('itemCode', agency.length === 18 ? 'credit-code-invalid' : 'credit-code-malformed', agency);
  return null;
}

function judgeDepartment(code: string, say: Say): void {
  const upper = code.toUpperCase();
  const shaped = upper.length === 18 || /^[0-9A-Z]{8}-?[0-9X]$/.test(upper);
  if (!creditCodeValid(upper) && !orgCodeValid(upper)) {
    say('deptCode', shaped ? 'dept-code-invalid' : 'dept-code-unknown', code);
  } else if (upper !== code) say('deptCode', 'dept-code-lowercase', code);
}

/** Every bracket is closed by one of its own kind: a full-width one by a full-width one. */
function balanced(name: string): boolean {
  const closing: Record<string, string> = { '（': '）', '(': ')', '《': '》', '“': '”', '【': '】' };
  const open: (string | undefined)[] = [];
  for (const character of name) {
    if (closing[character]) open.push(closing[character]);
    else if (Object.values(closing).includes(character) && open.pop() !== character) return false;
  }
  return open.length === 0;
}

function readRows(csvText: string, doubts: Doubt[]): { line: number; row?: Row }[] {
  const say = (line: number, code: DoubtCode, value: string) => sayInto(doubts, line)('', code, value);
  const records = readCsv(csvText, say);
  const [header, ...rest] = records;
  const places = columns.map((column) => header?.record.findIndex((name) => name.trim() === column) ?? -1);
  const missing = columns.filter((_, at) => places[at] === -1);
  if (header && missing.length > 0) say(1, 'header-missing', missing.join(', '));
  if (!header || missing.length > 0) return [];
  return rest.map(({ line, record }) => {
    if (record.length !== header.record.length) return { line };
    return {
      line,
      row: Object.fromEntries(columns.map((column, at) => [column, record[places[at] ?? 0] ?? ''])) as Row,
    };
  });
}

function readCsv(
  csvText: string,
  say: (line: number, code: DoubtCode, value: string) => void,
): { line: number; record: string[] }[] {
  const read: { line: number; record: string[] }[] = [];
  try {
    parse(csvText, {
      bom: true,
      relaxColumnCount: true,
      skipEmptyLines: true,
      onRecord(record: string[], { lines }) {
        read.push({ line: lines, record });
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    say(typeof error.lines === 'number' ? error.lines : read.length + 1, 'file-broken', error.code);
  }
  return read;
}

function sayInto(doubts: Doubt[], row: number): Say {
  return (column, code, value, other) => {
    const rejected = (rejecting as readonly string[]).includes(code);
    doubts.push({ row, column, code, value, rejected, ...(other === undefined ? {} : { other }) });
  };
}

function summarise(rows: number, items: ImportedItem[], doubts: Doubt[]): ImportReport['summary'] {
  const byCode: Partial<Record<DoubtCode, number>> = {};
  for (const { code } of doubts) byCode[code] = (byCode[code] ?? 0) + 1;
  const keptWithDoubt = items.filter((item) => item.doubts.length > 0).length;
  return { kept: items.length, keptWithDoubt, rejected: rows - items.length, byCode };
}
