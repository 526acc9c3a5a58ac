-- What other systems say is done in a region, as they export it: the raw material from which items are written.
create table catalog.imported_item (
  region char(6) not null,
  item_code text not null,
  base_code text not null,
  division char(12) not null,
  department text not null,
  name text not null,
  task_type char(2) not null,
  credit_code char(18),
  dept_code text not null,
  doubts text[] not null,
  source text not null,
  source_row integer not null,
  imported_at timestamptz not null default now(),
  primary key (region, item_code)
);
comment on table catalog.imported_item is 'Rows of item lists that were imported and kept. Importing a list again replaces its rows.';
comment on column catalog.imported_item.item_code is 'The code the list uses for the item: local base code, division, agency, level, serial.';
comment on column catalog.imported_item.base_code is 'The part of item_code that is the same wherever the item is done.';
comment on column catalog.imported_item.task_type is 'GB/T 39046-2020 A.1, two digits.';
comment on column catalog.imported_item.credit_code is 'Unified social credit code of the agency that carries it out; null where the list holds no valid one.';
comment on column catalog.imported_item.dept_code is 'Code of the department as the list has it, valid or not.';
comment on column catalog.imported_item.doubts is 'Codes of what was doubted in the row; empty when nothing was.';
comment on column catalog.imported_item.source is 'Name of the file, without its folders.';

grant select, insert, update on catalog.imported_item to tongban_app;
