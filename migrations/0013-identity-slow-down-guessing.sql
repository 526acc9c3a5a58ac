create table identity.sign_in_attempt (
  region char(6) not null,
  account bytea not null,
  bucket text not null,
  failures integer not null,
  last_at timestamptz not null,
  wait_until timestamptz not null,
  primary key (region, account, bucket)
);
create index sign_in_attempt_age on identity.sign_in_attempt (region, last_at);
comment on table identity.sign_in_attempt is 'How often somebody failed to sign in, by account and by where from, so that who guesses makes only their own place wait.';
comment on column identity.sign_in_attempt.account is 'SHA-256 of the name that was typed: people type passwords there by mistake. Empty: all names from this place together.';
comment on column identity.sign_in_attempt.bucket is 'A network (net:10.1.2.0/24) or a browser that has signed in to the account before (device:…), which never waits for what others did.';
comment on column identity.sign_in_attempt.wait_until is 'Until then nothing is tried, not even a right password.';

create table identity.known_device (
  region char(6) not null,
  token_hash bytea not null,
  staff_id text not null,
  used_at timestamptz not null,
  primary key (region, token_hash, staff_id)
);
create index known_device_of on identity.known_device (region, staff_id);
comment on table identity.known_device is 'Browsers that have signed in to an account. Knowing one opens nothing; it only keeps its attempts apart from those of strangers.';
comment on column identity.known_device.token_hash is 'SHA-256 of the secret in the cookie.';

grant select, insert, update, delete on identity.sign_in_attempt, identity.known_device to tongban_app;
