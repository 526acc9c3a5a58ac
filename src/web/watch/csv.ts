/**
 * A table as people's spreadsheets open it: UTF-8 with its mark, commas, CRLF (RFC 4180). A cell that a spreadsheet would
 * take for a formula is made text, for names come from outside. Pure.
 */
export function csvOf(rows: (string | number)[][]): string {
  return `\ufeff${rows.map((row) => row.map(cellOf).join(',')).join('\r\n')}\r\n`;
}

function cellOf(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
