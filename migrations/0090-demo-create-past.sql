create schema demo;
grant usage on schema demo to tongban_app;

create table demo.past (
  region text primary key,
  anchor timestamptz not null,
  cases int not null,
  finished_at timestamptz
);
comment on table demo.past is 'The made-up past of a demo: the moment it was told from, so that an interrupted telling goes on where it stopped.';
grant select, insert, update on demo.past to tongban_app;
