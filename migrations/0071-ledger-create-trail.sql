-- The trail: who signed in, was refused, read classified data, took data out, changed powers. What was done to a case is
-- in cases.event already and is not written twice.
create table ledger.trail (
  region text not null check (region ~ '^\d{6}$'),
  id text not null,
  at timestamptz not null,
  kind text not null check (kind in ('sign-in', 'sign-out', 'act', 'reading', 'export', 'power', 'alarm')),
  what text not null,
  who_kind text not null check (who_kind in ('guest', 'person', 'staff', 'client', 'device', 'system')),
  who_id text not null,
  network text not null,
  whose text,
  about text,
  reason text,
  outcome text not null check (outcome in ('done', 'refused', 'failed')),
  request_id text,
  detail jsonb,
  xid xid8 not null default pg_current_xact_id(),
  position bigint generated always as identity,
  primary key (region, id)
);
comment on table ledger.trail is 'The trail (审计日志): who, when, from where, what, on whose data, with what outcome. Evidence: append-only; each entry is a leaf of the log.';
comment on column ledger.trail.id is 'Region and 26 characters that sort by time; names the entry in the log.';
comment on column ledger.trail.what is 'Code of what was done or tried, e.g. case.read.';
comment on column ledger.trail.network is 'Network the request came from (/24 of IPv4, /48 of IPv6), not the address of a person.';
comment on column ledger.trail.whose is 'Id of the person whose data it was about.';
comment on column ledger.trail.about is 'Case number, account id or other name of the thing.';
comment on column ledger.trail.reason is 'Why: a code, and after a colon what the reader wrote. May hold personal data, so it is shown to the audit administrator only.';
comment on column ledger.trail.detail is 'Codes and numbers, never personal data.';
comment on column ledger.trail.xid is 'Transaction that wrote it; with position the order of the feed (see cases.event).';
create unique index trail_feed on ledger.trail (xid, position);
create index trail_at on ledger.trail (region, at desc, id desc);
create index trail_who on ledger.trail (region, who_id, at desc, id desc);
create index trail_whose on ledger.trail (region, whose, at desc, id desc) where whose is not null;
create index trail_about on ledger.trail (region, about, at desc, id desc) where about is not null;

grant select, insert on ledger.trail to tongban_app;
