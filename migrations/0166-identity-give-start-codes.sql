-- A colleague comes in the first time, or again after forgetting the password, with a code an administrator hands over.
create table identity.start_code (
  region char(6) not null,
  staff_id text not null,
  code_hash bytea not null,
  given_by text not null,
  given_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (region, staff_id)
);
comment on table identity.start_code is 'Codes with which an account sets its password, one an account: another takes its place, using it takes it away.';
comment on column identity.start_code.code_hash is 'SHA-256; a code holds sixty bits of chance.';
comment on column identity.start_code.given_by is 'Account that gave it; ''setup'' for the command line.';

alter table identity.staff
  add column start_given_at timestamptz,
  add column start_given_by text;
comment on column identity.staff.start_given_at is 'When another start code was last given to the account, which its owner is told of at the next sign-in. Null when none ever was beside the one it began with.';
comment on column identity.staff.start_given_by is 'Account that gave it; ''setup'' for the command line.';

grant select, insert, update, delete on identity.start_code to tongban_app;
