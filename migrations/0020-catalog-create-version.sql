create schema catalog;
grant usage on schema catalog to tongban_app;

-- No region: the catalogue is the same for everybody a node serves, small (one row per change somebody made by hand),
-- and every process keeps it in memory; it is copied to each part of a cluster, not distributed.
create table catalog.version (
  kind text not null check (kind in ('item', 'bundle')),
  id text not null,
  version integer not null check (version > 0),
  content jsonb not null,
  hash text not null,
  published_at timestamptz not null default now(),
  primary key (kind, id, version)
);
comment on table catalog.version is 'Every version of every item and bundle that was ever served. A running case keeps the version it started with, so rows are never changed or removed.';
comment on column catalog.version.id is 'Name of the folder it was read from.';
comment on column catalog.version.hash is 'SHA-256 of the content with its keys in order; a folder whose hash differs from the newest version becomes the next version.';

grant select, insert on catalog.version to tongban_app;
