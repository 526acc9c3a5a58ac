create schema rating;
grant usage on schema rating to tongban_app;

create table rating.invitation (
  region text not null check (region ~ '^\d{6}$'),
  number text not null,
  person text not null,
  division text not null,
  agencies text[] not null,
  subject jsonb not null,
  closed_at timestamptz,
  primary key (region, number)
);
comment on table rating.invitation is 'Who may rate which case (一事一评). Noted when a case is submitted, open from the moment it is closed; filled from the events of cases.';
comment on column rating.invitation.person is 'The applicant; nobody else rates the case.';
comment on column rating.invitation.agencies is 'Agencies that had a part in the case, for the rectification of a bad rating.';
comment on column rating.invitation.subject is 'Name of what was applied for, in both languages, pinned.';
comment on column rating.invitation.closed_at is 'When the case was closed; null while it runs, and for cases that end without a decision.';
create index invitation_person on rating.invitation (region, person, closed_at desc) where closed_at is not null;

create table rating.rating (
  region text not null,
  number text not null,
  level smallint not null check (level between 1 and 5),
  codes text[] not null,
  comment text not null,
  at timestamptz not null,
  by_id text not null,
  verify_due date,
  command text not null,
  xid xid8 not null default pg_current_xact_id(),
  position bigint generated always as identity,
  primary key (region, number)
);
comment on table rating.rating is 'One rating per case, as the person gave it: append-only, and there is no default level.';
comment on column rating.rating.level is '5 非常满意 4 满意 3 基本满意 2 不满意 1 非常不满意; 2 and 1 are bad ratings (差评). GB/T 39046-2020 A.8 counts the other way round.';
comment on column rating.rating.codes is 'National reason codes (全国一体化平台评价项); each belongs to the level.';
comment on column rating.rating.verify_due is 'Bad ratings only: the day by which somebody must have contacted the person (one working day).';
comment on column rating.rating.command is 'Client-made id; the same id twice is one rating.';
comment on column rating.rating.xid is 'Transaction that wrote it; with position it orders the feed of ratings.';
create index rating_feed on rating.rating (xid, position);

grant select, insert, update on rating.invitation to tongban_app;
grant select, insert on rating.rating to tongban_app;
