-- A program whose answer was lost sends its request again, and a form may be sent twice: what it makes is made once.
create table platform.done_once (
  region text not null check (region ~ '^\d{6}$'),
  id bytea not null,
  wish bytea not null,
  made text not null,
  at timestamptz not null,
  primary key (region, id)
);
comment on table platform.done_once is 'Acts that took effect under an id of their sender, written in the transaction of the act. Says neither who nor what: both are keyed hashes.';
comment on column platform.done_once.id is 'Keyed hash of who asked, where, and the id they gave.';
comment on column platform.done_once.wish is 'Keyed hash of what was asked for: another wish under the same id is refused.';
comment on column platform.done_once.made is 'Id of what came of it, to answer the same again; empty when nothing is called by an id.';
create index done_once_at on platform.done_once (region, at);

grant select, insert, delete on platform.done_once to tongban_app;
