create table ledger.key_change (
  origin text not null,
  change int not null,
  size bigint not null,
  keys text[] not null,
  note text not null,
  at timestamptz not null,
  primary key (origin, change)
);
comment on table ledger.key_change is 'Changes of the keys a log is signed with. Checkpoints larger than size are verified with keys, those up to it with what was before. Evidence: append-only.';
comment on column ledger.key_change.change is 'First, second … change.';
comment on column ledger.key_change.keys is 'Verifier keys from then on.';
comment on column ledger.key_change.note is 'A checkpoint that names the keys before and after, signed by all of them.';
grant select, insert on ledger.key_change to tongban_app;
