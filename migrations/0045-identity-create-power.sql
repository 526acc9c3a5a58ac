create table identity.power (
  region char(6) not null,
  id text not null,
  account text not null,
  role text not null check (role in ('clerk', 'approver', 'lead', 'supervisor', 'system-admin', 'security-admin', 'audit-admin', 'break-glass')),
  division char(12) not null,
  agency text not null,
  item text check (item is null or role in ('approver', 'lead')),
  number text,
  valid_from timestamptz,
  valid_until timestamptz,
  granted_by text not null,
  granted_at timestamptz not null default now(),
  reason text not null,
  lent_by text,
  lent_from text,
  revoked_at timestamptz,
  revoked_by text,
  revoke_reason text,
  primary key (region, id),
  foreign key (region, account) references identity.staff (region, id),
  foreign key (region, lent_by) references identity.staff (region, id),
  foreign key (region, lent_from) references identity.power (region, id),
  check (valid_until > valid_from),
  check ((number is not null) = (role = 'break-glass')),
  check (role <> 'break-glass' or valid_until is not null),
  check ((lent_by is null) = (lent_from is null)),
  check (lent_by is null or (valid_until is not null and role in ('approver', 'lead') and lent_by <> account)),
  check ((revoked_at is null) = (revoked_by is null))
);
comment on table identity.power is 'Who may do what, where and how long. Evidence: a row is never deleted, and only its revocation is ever written to it.';
comment on column identity.power.division is 'The power reaches this division and all below it, never outside its region. Its level is the code''s own.';
comment on column identity.power.agency is 'The agency the power is held for.';
comment on column identity.power.item is 'Only this item; null for all.';
comment on column identity.power.number is 'Only this case: access in an emergency.';
comment on column identity.power.valid_from is 'Null when it has always been.';
comment on column identity.power.valid_until is 'The first moment at which it is no more; null when it has no end.';
comment on column identity.power.granted_by is 'Account that granted it; ''setup'' for what the command line or the demo wrote, ''migration'' for roles from before.';
comment on column identity.power.lent_by is 'The colleague who lent it; lent_from is the power of theirs it comes from, and ends with it.';
create index power_of on identity.power (region, account) where revoked_at is null;
create index power_lent on identity.power (region, lent_from) where lent_from is not null and revoked_at is null;
create unique index power_one_administration on identity.power (region, account)
  where role in ('system-admin', 'security-admin', 'audit-admin') and revoked_at is null;
comment on index identity.power_one_administration is 'Nobody holds two of the three administrations, not even one after the other without a revocation between.';

insert into identity.power (region, id, account, role, division, agency, granted_by, reason)
select s.region, s.id || '-' || r.role, s.id, r.role,
       case when r.role in ('approver', 'lead') then a.division else s.division end, s.agency, 'migration', 'held as a role'
  from identity.staff s
  join identity.agency a on a.region = s.region and a.id = s.agency
 cross join lateral (select distinct case given when 'admin' then 'system-admin' else given end as role from unnest(s.roles) as given) r;
alter table identity.staff drop column roles;
comment on table identity.staff is 'People who work for an agency. What they may do is in identity.power.';
comment on column identity.staff.division is 'The place the account works for.';

create function identity.tell_powers() returns trigger language plpgsql as $$
begin
  perform pg_notify('session', '');
  return null;
end $$;
comment on function identity.tell_powers is 'Every process that remembers who may do what forgets it.';
create trigger power_changed after insert or update on identity.power
  for each statement execute function identity.tell_powers();

create table identity.break_glass_review (
  region char(6) not null,
  power text not null,
  verdict text not null check (verdict in ('justified', 'unjustified')),
  remark text not null,
  reviewed_by text not null,
  reviewed_at timestamptz not null,
  primary key (region, power),
  foreign key (region, power) references identity.power (region, id)
);
comment on table identity.break_glass_review is 'What the security administrator found of an access in an emergency. Append-only.';

grant select, insert on identity.power, identity.break_glass_review to tongban_app;
grant update (revoked_at, revoked_by, revoke_reason) on identity.power to tongban_app;
