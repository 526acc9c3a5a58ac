-- Who edits the catalogue does not publish it (编审分离). No region in these keys: they belong to catalog.version, which is
-- small and the same for everybody a node serves.
create table catalog.proposal (
  id text primary key,
  region char(6) not null,
  kind text not null check (kind in ('item', 'bundle')),
  subject text not null,
  base integer not null check (base > 0),
  source text not null,
  content jsonb not null,
  hash text not null,
  note text not null check (btrim(note) <> ''),
  proposed_by text not null,
  proposed_name text not null,
  proposed_at timestamptz not null,
  unique (id, proposed_by),
  unique (id, kind, subject, base, hash)
);
comment on table catalog.proposal is 'What somebody wishes an item or bundle to say from now on (草案). Never changed: who has another wish proposes again. Append-only.';
comment on column catalog.proposal.region is 'County of who proposed it; only colleagues of the same county decide on it.';
comment on column catalog.proposal.subject is 'Id of the item or bundle.';
comment on column catalog.proposal.base is 'The version it was written over. Once there is a newer one the proposal is stale and cannot be published.';
comment on column catalog.proposal.source is 'The YAML as it was typed, with its comments.';
comment on column catalog.proposal.hash is 'SHA-256 of the content with its keys in order, as in catalog.version.';
comment on column catalog.proposal.proposed_name is 'Name of the account at that time.';
create index proposal_of on catalog.proposal (region, proposed_at);

create table catalog.verdict (
  proposal text primary key,
  proposed_by text not null,
  verdict text not null check (verdict in ('published', 'returned')),
  reason text check (verdict = 'published' or btrim(coalesce(reason, '')) <> ''),
  decided_by text not null,
  decided_name text not null,
  decided_at timestamptz not null,
  foreign key (proposal, proposed_by) references catalog.proposal (id, proposed_by),
  unique (proposal, verdict),
  constraint verdict_by_somebody_else check (decided_by <> proposed_by)
);
comment on table catalog.verdict is 'What was decided on a proposal, once. Append-only.';
comment on column catalog.verdict.proposed_by is 'Who proposed it, held to be so by the foreign key: nobody decides on their own.';

alter table catalog.version
  add column origin text not null default 'folder' check (origin in ('folder', 'page')),
  add column source text,
  add column proposal text unique,
  add column verdict text generated always as (case when proposal is not null then 'published' end) stored,
  add column base integer generated always as (case when proposal is not null then version - 1 end) stored,
  add check ((origin = 'page') = (proposal is not null)),
  add foreign key (proposal, verdict) references catalog.verdict (proposal, verdict),
  add foreign key (proposal, kind, id, base, hash) references catalog.proposal (id, kind, subject, base, hash);
comment on column catalog.version.origin is 'Where it came from: a folder that was read at a start, or a proposal that somebody else published on a page.';
comment on column catalog.version.source is 'The YAML as it was written, for who edits it next; null for versions from before it was kept.';
comment on column catalog.version.proposal is 'The proposal it was published from. The foreign keys hold that it says exactly that, over exactly that version, and that somebody published it.';
comment on column catalog.version.verdict is 'For the foreign key alone.';
comment on column catalog.version.base is 'For the foreign key alone.';

grant select, insert on catalog.proposal, catalog.verdict to tongban_app;
