create table identity.organisation (
  region char(6) not null,
  id text not null,
  credit_code char(18) not null,
  name text not null,
  created_at timestamptz not null,
  primary key (region, id),
  unique (region, credit_code)
);
comment on table identity.organisation is 'Enterprises and other organisations that apply, through persons who hold powers of theirs. Their names and codes are public.';

create table identity.organisation_power (
  region char(6) not null,
  organisation text not null,
  holder_index bytea not null,
  holder_name text not null,
  ref text not null,
  kind text not null check (kind in ('representative', 'agent')),
  items text[],
  until date,
  since timestamptz not null,
  primary key (region, organisation, holder_index),
  foreign key (region, organisation) references identity.organisation (region, id)
);
create unique index organisation_power_ref on identity.organisation_power (region, organisation, ref);
create unique index organisation_representative on identity.organisation_power (region, organisation) where kind = 'representative';
create index organisation_power_holder on identity.organisation_power (region, holder_index);
comment on table identity.organisation_power is 'Who may act for an organisation today. A power that is revoked goes; that it was there stays in organisation_act.';
comment on column identity.organisation_power.holder_index is 'Blind index of the ID card, so that a power can be given to somebody not known yet, and nobody learns by giving one who is known.';
comment on column identity.organisation_power.holder_name is 'As the giver wrote it: the power is held by the person of that ID card only under that name.';
comment on column identity.organisation_power.ref is 'What it is called to change it; opens nothing.';
comment on column identity.organisation_power.kind is 'The legal representative (法定代表人), one each, may do everything and give powers; agents (经办人) apply.';
comment on column identity.organisation_power.items is 'The items it is for; null: all.';
comment on column identity.organisation_power.until is 'The last day it holds; null: until it is revoked.';

create table identity.organisation_act (
  region char(6) not null,
  organisation text not null,
  id text not null,
  at timestamptz not null,
  act text not null check (act in ('represent', 'grant', 'limit', 'revoke', 'replace')),
  by_person text not null,
  via text,
  ref text not null,
  holder_name text not null,
  items text[],
  until date,
  primary key (region, organisation, id)
);
comment on table identity.organisation_act is 'Evidence of every power given, limited and taken back. Append-only.';
comment on column identity.organisation_act.via is 'The provider that named the legal representative; null where a person acted.';
comment on column identity.organisation_act.ref is 'The power it was about.';

alter table identity.session add column organisation text;
comment on column identity.session.organisation is 'The organisation somebody acts for in this session; counts only while they hold a power of it.';

create trigger session_acts_for after update of organisation on identity.session
  for each row execute function identity.tell_session();
create trigger organisation_power_changed after insert or update or delete on identity.organisation_power
  for each statement execute function identity.tell_sessions();
create trigger organisation_renamed after update of name on identity.organisation
  for each statement execute function identity.tell_sessions();

grant select, insert, update on identity.organisation to tongban_app;
grant select, insert, update, delete on identity.organisation_power to tongban_app;
grant select, insert on identity.organisation_act to tongban_app;
