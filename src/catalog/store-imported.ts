import type { Db } from '../platform/door.ts';
import type { ImportedItem } from './import-items.ts';

/** Keeps imported rows in one statement; a code that is already there takes the new row. */
export async function storeImported(db: Db, items: ImportedItem[], source: string): Promise<void> {
  if (items.length === 0) return;
  const column = (name: Exclude<keyof ImportedItem, 'doubts'>) => items.map((item) => item[name]);
  await db.query(
    `insert into catalog.imported_item (region, item_code, base_code, division, department, name, task_type,
       credit_code, dept_code, doubts, source, source_row)
     select made.region, made.item_code, made.base_code, made.division, made.department, made.name, made.task_type,
       made.credit_code, made.dept_code, string_to_array(made.doubts, ','), $11, made.source_row
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
       $9::text[], $10::text[], $12::int[]) as made (region, item_code, base_code, division, department, name, task_type,
       credit_code, dept_code, doubts, source_row)
     on conflict (region, item_code) do update set base_code = excluded.base_code, division = excluded.division,
       department = excluded.department, name = excluded.name, task_type = excluded.task_type,
       credit_code = excluded.credit_code, dept_code = excluded.dept_code, doubts = excluded.doubts,
       source = excluded.source, source_row = excluded.source_row, imported_at = now()`,
    [
      column('region'),
      column('itemCode'),
      column('baseCode'),
      column('division'),
      column('department'),
      column('name'),
      column('taskType'),
      column('creditCode'),
      column('deptCode'),
      items.map(({ doubts }) => doubts.join(',')),
      source,
      column('row'),
    ],
  );
}
