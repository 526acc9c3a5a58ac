create table identity.session (
  region char(6) not null,
  token_hash bytea not null,
  subject_kind text not null check (subject_kind in ('person', 'staff')),
  subject_id text not null,
  csrf_secret text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  last_seen timestamptz not null,
  primary key (region, token_hash)
);
create index session_expiry on identity.session (region, expires_at);
comment on table identity.session is 'Who is signed in. The cookie carries the region and a secret; only the hash of the secret is kept, so this table opens no session.';
comment on column identity.session.token_hash is 'SHA-256 of the secret in the cookie.';
comment on column identity.session.csrf_secret is 'The token in this session''s forms is made from it.';
comment on column identity.session.last_seen is 'Coarse: moved at most every ten minutes, so that reading a page does not write.';

grant select, insert, update, delete on identity.session to tongban_app;
