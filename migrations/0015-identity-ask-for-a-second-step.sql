create table identity.totp (
  region char(6) not null,
  staff_id text not null,
  sealed bytea not null,
  key_id integer not null,
  confirmed_at timestamptz,
  last_step bigint not null default 0,
  primary key (region, staff_id)
);
comment on table identity.totp is 'Authenticator apps (RFC 6238) as a second step of signing in; one an account.';
comment on column identity.totp.sealed is 'The secret, sealed for this row: in another row it does not open.';
comment on column identity.totp.key_id is 'The data key it is sealed with.';
comment on column identity.totp.confirmed_at is 'Null until the owner has given a right code once; until then it is not asked for.';
comment on column identity.totp.last_step is 'The last half minute a code was taken for: no code is taken twice, nor an older one.';

create table identity.recovery_code (
  region char(6) not null,
  staff_id text not null,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (region, staff_id, code_hash)
);
comment on table identity.recovery_code is 'Codes on paper for when the second step is lost; each is good once.';
comment on column identity.recovery_code.code_hash is 'SHA-256; a code holds sixty bits of chance.';

create table identity.sign_in_step (
  region char(6) not null,
  token_hash bytea not null,
  staff_id text not null,
  expires_at timestamptz not null,
  challenge text,
  primary key (region, token_hash)
);
comment on table identity.sign_in_step is 'Who has given the right password and not yet the second step. Opens nothing by itself.';
comment on column identity.sign_in_step.token_hash is 'SHA-256 of the secret in the cookie.';
comment on column identity.sign_in_step.challenge is 'What a passkey was asked to sign; good once.';

grant select, insert, update, delete on identity.totp, identity.recovery_code, identity.sign_in_step to tongban_app;
