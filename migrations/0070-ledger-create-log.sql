create schema ledger;
grant usage on schema ledger to tongban_app;

-- The tables have no region: a log is one sequence over everything a node does, with one size and one root, and a log
-- cut by region would be several logs. They are keyed by origin, the name of the log, so that nodes which share a
-- database each have their own, and so that the tables can be spread by it.
create table ledger.log (
  origin text primary key,
  keys text[] not null,
  started_at timestamptz not null
);
comment on table ledger.log is 'The log of this node: its name and the keys its checkpoints are verified with.';
comment on column ledger.log.keys is 'Verifier keys, one line of text each (C2SP signed-note): Ed25519, then SM2.';

create table ledger.leaf (
  origin text not null,
  index bigint not null,
  hash bytea not null,
  entry text not null,
  kind text not null,
  region text not null,
  number text not null,
  seq int not null,
  primary key (origin, index)
);
comment on table ledger.leaf is 'Leaves of the log, in commit order. Evidence: append-only.';
comment on column ledger.leaf.hash is 'RFC 6962 leaf hash of the entry.';
comment on column ledger.leaf.entry is 'Canonical JSON: which act, what kind, when, and a hash of what was done and by whom. No personal data.';
comment on column ledger.leaf.kind is 'The feed the act came from; with region, number and seq it names one act.';
create unique index leaf_act on ledger.leaf (region, number, kind, seq, origin);

create table ledger.tile (
  origin text not null,
  level smallint not null,
  index bigint not null,
  hashes bytea not null,
  primary key (origin, level, index)
);
comment on table ledger.tile is 'Hashes of the tree in tiles of up to 256 (C2SP tlog-tiles). Made from the leaves; a partial tile grows in place.';

create table ledger.checkpoint (
  origin text not null,
  size bigint not null,
  root bytea not null,
  note text not null,
  at timestamptz not null,
  primary key (origin, size)
);
comment on table ledger.checkpoint is 'Signed sizes and roots, one for each batch of leaves, written with it. Evidence: append-only.';
comment on column ledger.checkpoint.note is 'Signed note with an Ed25519 and an SM2 signature of the log.';

create table ledger.cosignature (
  origin text not null,
  size bigint not null,
  witness text not null,
  line text not null,
  primary key (origin, size, witness)
);
comment on table ledger.cosignature is 'What witnesses signed of our checkpoints. Evidence: append-only.';
comment on column ledger.cosignature.witness is 'Verifier key of the witness.';
comment on column ledger.cosignature.line is 'The signature line, to be put after the note.';

create table ledger.witnessed (
  origin text primary key,
  size bigint not null,
  root bytea not null,
  note text not null,
  at timestamptz not null
);
comment on table ledger.witnessed is 'The latest checkpoint of each other log that this node has signed as a witness; it only ever grows.';

grant select, insert on ledger.log to tongban_app;
grant select, insert on ledger.leaf to tongban_app;
grant select, insert on ledger.checkpoint to tongban_app;
grant select, insert on ledger.cosignature to tongban_app;
grant select, insert, update on ledger.tile, ledger.witnessed to tongban_app;
