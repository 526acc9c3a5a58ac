import type { ComponentChildren } from 'preact';

export type Column = {
  label: string;
  /** Right-aligned, tabular figures. */
  numeric?: boolean;
  /** The heading is only read aloud, e.g. above buttons. */
  quiet?: boolean;
  /** Never breaks: dates, numbers of cases. */
  whole?: boolean;
  /** Words of somebody, or a name that may be long: wide enough not to become a tower. */
  long?: boolean;
};
export type Row = {
  cells: ComponentChildren[];
  /** A calm mark at the left edge: this row is pressing, or late. */
  tone?: 'soon' | 'late';
  /** Id of the row's element, for links to it. */
  id?: string;
};
export type TableProps = {
  /** What the table shows; a caption, and the name of the scrolling region. */
  label: string;
  columns: Column[];
  rows: Row[];
  /** The caption is only read aloud because a heading says the same. */
  quietLabel?: boolean;
  /** The first cell of each row names it. */
  rowHeads?: boolean;
  /** A last row of totals. */
  foot?: ComponentChildren[];
};

/** What scrolls must take focus, or a keyboard could never scroll it. */
const scrollable = { tabIndex: 0 };

/** A table whose head stays in view; on a narrow screen it scrolls inside its own region, by keyboard too. */
export function Table({ label, columns, rows, quietLabel, rowHeads = true, foot }: TableProps) {
  return (
    <section class="table-scroll" aria-label={label} {...scrollable}>
      <table class="table">
        <caption class={quietLabel ? 'away' : undefined}>{label}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col" class={lookOf(column)}>
                {column.quiet ? <span class="away">{column.label}</span> : column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr id={row.id} class={row.tone && `row-${row.tone}`}>
              <Cells columns={columns} cells={row.cells} head={rowHeads} />
            </tr>
          ))}
        </tbody>
        {foot && (
          <tfoot>
            <tr>
              <Cells columns={columns} cells={foot} head={rowHeads} />
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  );
}

/** The same for a heading and what stands below it: a column is as wide as its widest cell asks for. */
function lookOf(column?: Column): string | undefined {
  const look = [column?.numeric && 'numeric', column?.whole && 'whole', column?.long && 'long'];
  return look.filter(Boolean).join(' ') || undefined;
}

function Cells({ columns, cells, head }: { columns: Column[]; cells: ComponentChildren[]; head: boolean }) {
  return (
    <>
      {cells.map((cell, at) => {
        const look = lookOf(columns[at]);
        return head && at === 0 ? (
          <th scope="row" class={look}>
            {cell}
          </th>
        ) : (
          <td class={look}>{cell}</td>
        );
      })}
    </>
  );
}
