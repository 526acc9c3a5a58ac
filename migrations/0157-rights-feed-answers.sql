alter table rights.answer
  add column xid xid8 not null default pg_current_xact_id(),
  add column position bigint generated always as identity;
comment on column rights.answer.xid is 'Transaction that wrote it; with position the order of the feed of the log of acts.';
create unique index answer_feed on rights.answer (xid, position);
