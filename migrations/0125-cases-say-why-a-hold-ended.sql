alter table cases.legal_hold add column end_reason text;
comment on column cases.legal_hold.end_reason is 'Why it was lifted before its time; null of those that were lifted before reasons were asked for, or at the command line without one.';
comment on column cases.legal_hold.by_id is 'Account of whoever ordered it; of older rows, and of who has none, the login that was given at the command line.';
grant update (end_reason) on cases.legal_hold to tongban_app;
create index legal_hold_latest on cases.legal_hold (region, from_at desc);
comment on index cases.legal_hold_latest is 'The list of holds, the latest first.';
