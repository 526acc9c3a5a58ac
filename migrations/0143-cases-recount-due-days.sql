-- Due days are counted anew when a newer calendar is known (放假安排公布后重算).
create table cases.recount (
  region text not null primary key,
  calendar text not null,
  at timestamptz not null
);
comment on table cases.recount is 'The calendar with which the due days of a county’s running cases were last counted: when another one is loaded they are counted anew.';
comment on column cases.recount.calendar is 'As platform.calendar_coverage calls it, e.g. chinese-days 1.5.7.';
grant select, insert, update on cases.recount to tongban_app;
