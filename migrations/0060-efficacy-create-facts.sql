create schema efficacy;
grant usage on schema efficacy to tongban_app;

create table efficacy.case_fact (
  region text not null check (region ~ '^\d{6}$'),
  number text not null,
  seq int not null,
  division text not null,
  division_name text not null,
  subject_kind text not null,
  subject_id text not null,
  subject_name jsonb not null,
  channel text not null,
  agencies text[] not null,
  items text[] not null,
  status text not null,
  outcome text,
  submitted_at timestamptz not null,
  submitted_day date not null,
  accepted_day date,
  ended_day date,
  times_returned int not null,
  visits int not null,
  materials_asked int not null,
  materials_spared int not null,
  primary key (region, number)
) with (fillfactor = 85);
comment on table efficacy.case_fact is 'What figures count of each case. Folded from the events of cases and rebuilt from them at will; holds no person.';
comment on column efficacy.case_fact.seq is 'Last event folded in; what comes again is passed over.';
comment on column efficacy.case_fact.division is 'Township that received the case.';
comment on column efficacy.case_fact.agencies is 'Agencies that decide a branch of it.';
comment on column efficacy.case_fact.ended_day is 'Day it was closed, withdrawn or not accepted.';
comment on column efficacy.case_fact.visits is 'How often the applicant came to a counter.';
create index case_fact_submitted on efficacy.case_fact (region, submitted_day);
create index case_fact_ended on efficacy.case_fact (region, ended_day) where ended_day is not null;
create index case_fact_running on efficacy.case_fact (region) where ended_day is null;

create table efficacy.branch_fact (
  region text not null,
  number text not null,
  item text not null,
  item_name jsonb not null,
  division text not null,
  division_name text not null,
  subject_name jsonb not null,
  agency text not null,
  agency_name jsonb not null,
  promised_days int not null,
  statutory_days int not null,
  status text not null,
  opened_day date,
  promised_due date,
  statutory_due date,
  decided_day date,
  used_days int,
  on_time_promised boolean,
  on_time_statutory boolean,
  primary key (region, number, item)
) with (fillfactor = 85);
comment on table efficacy.branch_fact is 'What figures count of each item of a case, with names pinned; folded together with its case.';
comment on column efficacy.branch_fact.status is 'waiting, open, granted, refused or stopped.';
comment on column efficacy.branch_fact.division is 'Township that received the case; the deciding agency may be the county''s.';
comment on column efficacy.branch_fact.used_days is 'Working days from opening to decision.';
comment on column efficacy.branch_fact.on_time_promised is 'Decided no later than the day that was promised.';
create index branch_fact_decided on efficacy.branch_fact (region, decided_day) where decided_day is not null;
create index branch_fact_open on efficacy.branch_fact (region) where status = 'open';

create table efficacy.rating_fact (
  region text not null,
  number text not null,
  level smallint not null,
  rated_day date not null,
  primary key (region, number)
);
comment on table efficacy.rating_fact is 'The level each case was rated with. A table of its own because ratings and cases arrive on two feeds, in any order.';

-- They may be emptied: everything here can be made again from events.
grant select, insert, update, delete on efficacy.case_fact, efficacy.branch_fact, efficacy.rating_fact to tongban_app;
