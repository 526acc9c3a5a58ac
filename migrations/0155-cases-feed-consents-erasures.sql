-- Consents and erasures become acts of the log as events of cases are: read in commit order. What was there before gets
-- the transaction of this migration, in the order it lies in.
alter table cases.consent
  add column xid xid8 not null default pg_current_xact_id(),
  add column position bigint generated always as identity;
alter table cases.erasure
  add column xid xid8 not null default pg_current_xact_id(),
  add column position bigint generated always as identity;
comment on column cases.consent.xid is 'Transaction that wrote it; with position the order of the feed (see cases.event).';
comment on column cases.erasure.xid is 'Transaction that wrote it; with position the order of the feed (see cases.event).';
create unique index consent_feed on cases.consent (xid, position);
create unique index erasure_feed on cases.erasure (xid, position);
