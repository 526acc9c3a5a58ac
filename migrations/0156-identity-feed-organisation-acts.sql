alter table identity.organisation_act
  add column xid xid8 not null default pg_current_xact_id(),
  add column position bigint generated always as identity;
comment on column identity.organisation_act.xid is 'Transaction that wrote it; with position the order of the feed of the log of acts.';
create unique index organisation_act_feed on identity.organisation_act (xid, position);
