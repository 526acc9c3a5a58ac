create schema cases;
grant usage on schema cases to tongban_app;

create table cases.case (
  region text not null check (region ~ '^\d{6}$'),
  number text not null,
  version int not null,
  status text not null,
  subject_kind text not null check (subject_kind in ('bundle', 'item')),
  subject_id text not null,
  subject_name jsonb not null,
  division text not null,
  division_name text not null,
  applicant text not null,
  applicant_name text not null,
  channel text not null,
  draft text not null,
  submitted_at timestamptz not null,
  answer_due date not null,
  closed_at timestamptz,
  plan jsonb not null,
  state jsonb not null,
  primary key (region, number)
) with (fillfactor = 85);
comment on table cases.case is 'One row per case (办件): its plan, pinned when it was made, and the fold of its events.';
comment on column cases.case.region is 'Six-digit county code; first in every key so that the table can be spread by it.';
comment on column cases.case.number is '办件编号: 12 division, 4 agency, 8 date, 6 serial, 1 check character.';
comment on column cases.case.version is 'How many events are folded into state; every write is guarded by it.';
comment on column cases.case.division is 'Twelve-digit code of the township that received the case.';
comment on column cases.case.draft is 'The draft it came from; submitting a draft twice finds the same case.';
create unique index case_draft on cases.case (region, draft);
create index case_applicant on cases.case (region, applicant, submitted_at desc);
create index case_queue on cases.case (region, division, answer_due, number) where status = 'submitted';
create index case_division on cases.case (region, division, submitted_at desc);

create table cases.event (
  region text not null,
  number text not null,
  seq int not null,
  type text not null,
  at timestamptz not null,
  by_id text not null,
  command text,
  data jsonb not null,
  xid xid8 not null default pg_current_xact_id(),
  position bigint generated always as identity,
  primary key (region, number, seq)
);
comment on table cases.event is 'What happened to each case, in order. The truth: append-only.';
comment on column cases.event.command is 'Client-made id of the command, on the first event it caused; the same id takes effect once on a case.';
comment on column cases.event.xid is 'Transaction that wrote it. Subscribers read only below the oldest running one, because position is not commit order.';
create unique index event_command on cases.event (region, number, command) where command is not null;
create index event_feed on cases.event (xid, position);

create table cases.branch (
  region text not null,
  number text not null,
  item text not null,
  status text not null,
  agency text not null,
  division text not null,
  applicant_name text not null,
  subject_name jsonb not null,
  item_name jsonb not null,
  division_name text not null,
  promised_days int not null,
  statutory_days int not null,
  opened_at timestamptz,
  promised_due date,
  statutory_due date,
  provisional boolean not null default false,
  claimed_by text,
  claimed_name text,
  decided_at timestamptz,
  used_days int,
  primary key (region, number, item)
) with (fillfactor = 85);
comment on table cases.branch is 'One row per item of a case, with what an inbox shows; names are pinned here so that no list joins rooms.';
comment on column cases.branch.provisional is 'A due date lies past the days the calendar is known for.';
comment on column cases.branch.used_days is 'Working days from opening to decision.';
create index branch_inbox on cases.branch (region, agency, promised_due, number) where status in ('open', 'claimed');
create index branch_decided on cases.branch (region, agency, decided_at desc) where decided_at is not null;

create table cases.dossier (
  region text not null,
  number text not null,
  answers jsonb not null,
  materials jsonb not null,
  primary key (region, number)
);
comment on table cases.dossier is 'What the applicant answered and handed in, beside the case row because it is large and rarely changes.';

create sequence cases.number_serial minvalue 0 maxvalue 999999 cycle cache 20;
comment on sequence cases.number_serial is 'Six-digit serial of case numbers; unique within a day as long as a node takes fewer than a million cases a day.';

grant select, insert, update on cases.case, cases.branch, cases.dossier to tongban_app;
grant select, insert on cases.event to tongban_app;
grant usage on sequence cases.number_serial to tongban_app;
