create table ledger.alarm (
  region text not null check (region ~ '^\d{6}$'),
  who text not null,
  day date not null,
  rule text not null check (rule in ('volume', 'hour', 'kin', 'no-case')),
  subject text not null,
  at timestamptz not null,
  count int not null,
  detail text,
  primary key (region, who, day, rule, subject)
);
comment on table ledger.alarm is 'Unusual reading of classified data by one colleague on one day, told once by each rule (rules/alarms.yaml). Append-only.';
comment on column ledger.alarm.who is 'Account of the reader.';
comment on column ledger.alarm.subject is 'Person who was read, for rules about one person; empty otherwise.';
comment on column ledger.alarm.count is 'What was counted when the alarm was raised.';
comment on column ledger.alarm.detail is 'Code of what was found, e.g. in what way reader and person may be kin.';
create index alarm_at on ledger.alarm (region, at desc);

create table ledger.alarm_note (
  region text not null check (region ~ '^\d{6}$'),
  who text not null,
  day date not null,
  rule text not null,
  subject text not null,
  at timestamptz not null,
  by_id text not null,
  note text not null,
  primary key (region, who, day, rule, subject, at)
);
comment on table ledger.alarm_note is 'What the audit administrator found out about an alarm. Append-only.';

grant select, insert on ledger.alarm to tongban_app;
grant select, insert on ledger.alarm_note to tongban_app;
