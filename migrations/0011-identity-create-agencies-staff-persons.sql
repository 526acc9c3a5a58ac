create table identity.agency (
  region char(6) not null,
  id text not null,
  kind text not null,
  name jsonb not null,
  division char(12) not null,
  credit_code char(18) not null,
  township boolean not null,
  primary key (region, id)
);
comment on table identity.agency is 'Offices that decide. Small; every process keeps it in memory and hears NOTIFY identity when it changes.';
comment on column identity.agency.kind is 'What an item names as its agency, e.g. health; with the division of the case it leads to the one agency that decides.';
comment on column identity.agency.name is 'Text: {"zh": …, "en": …}.';
comment on column identity.agency.township is 'True when it serves its own township only; false when it serves the whole county.';

create function identity.tell_agency_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('identity', 'agency');
  return null;
end $$;
create trigger agency_changed after insert or update or delete on identity.agency
  for each statement execute function identity.tell_agency_changed();

create table identity.staff (
  region char(6) not null,
  id text not null,
  login text not null,
  name text not null,
  password_hash text,
  roles text[] not null check (roles <@ array['clerk', 'approver', 'lead', 'supervisor', 'admin'] and cardinality(roles) > 0),
  division char(12) not null,
  agency text not null,
  active boolean not null default true,
  primary key (region, id),
  unique (region, login),
  foreign key (region, agency) references identity.agency (region, id)
);
comment on table identity.staff is 'People who work for an agency, and what they may do.';
comment on column identity.staff.login is 'Lower case.';
comment on column identity.staff.password_hash is 'argon2id; null when the account cannot sign in with a password, as every account of a demo.';
comment on column identity.staff.division is 'The powers of the account reach this division and all below it, never outside its region.';

create table identity.person (
  region char(6) not null,
  id text not null,
  name text not null,
  id_card char(18) not null,
  phone text not null,
  sex text not null check (sex in ('male', 'female')),
  birth_date date not null,
  address text not null,
  division char(12),
  created_at timestamptz not null,
  primary key (region, id),
  unique (region, id_card)
);
comment on table identity.person is 'People who apply. Personal data: never in logs, never in URLs.';
comment on column identity.person.sex is 'Read from the id card, as birth_date is.';
comment on column identity.person.division is 'Village or township they live in, when known.';

grant select, insert, update on identity.agency, identity.staff, identity.person to tongban_app;
