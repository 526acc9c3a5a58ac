create table identity.passkey (
  region char(6) not null,
  credential_id text not null,
  staff_id text not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  rp_id text not null,
  device text not null,
  created_at timestamptz not null,
  used_at timestamptz,
  primary key (region, credential_id)
);
create index passkey_of on identity.passkey (region, staff_id);
comment on table identity.passkey is 'Passkeys (WebAuthn) as a second step of signing in. Only public keys: nothing here opens anything.';
comment on column identity.passkey.counter is 'Never goes back, or the key was copied; 0 of keys that do not count.';
comment on column identity.passkey.rp_id is 'The host name the key was made for; under another it is not asked for.';
comment on column identity.passkey.device is 'Browser and system it was made on, for its owner to recognise.';
grant select, insert, update, delete on identity.passkey to tongban_app;

alter table identity.session add column challenge text;
comment on column identity.session.challenge is 'What a new passkey was asked to sign; good once.';
