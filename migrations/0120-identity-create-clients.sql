create table identity.client (
  region char(6) not null,
  id text not null,
  name text not null,
  keys jsonb not null,
  scopes text[] not null check (cardinality(scopes) > 0),
  division char(12) not null,
  agency text,
  valid_until timestamptz not null,
  enrolled_by text not null,
  enrolled_at timestamptz not null,
  reason text not null,
  revoked_at timestamptz,
  revoked_by text,
  primary key (region, id),
  check ((revoked_at is null) = (revoked_by is null))
);
comment on table identity.client is 'Other systems that use the machine interface. A row is never deleted; only its keys change, and its revocation is written.';
comment on column identity.client.keys is 'Public keys it signs with (the keys of a JWKS, RFC 7517), each with a kid.';
comment on column identity.client.scopes is 'Actions of the policy it may be allowed; a token may hold fewer.';
comment on column identity.client.division is 'It reaches this division and all below it, never outside its region.';
comment on column identity.client.agency is 'Only what this agency has a part in; null for all agencies.';
comment on column identity.client.enrolled_by is 'Account that enrolled it; ''setup'' for the command line.';

create table identity.client_token (
  region char(6) not null,
  token_hash bytea not null,
  client text not null,
  scopes text[] not null,
  expires_at timestamptz not null,
  primary key (region, token_hash),
  foreign key (region, client) references identity.client (region, id)
);
create index client_token_expiry on identity.client_token (region, expires_at);
comment on table identity.client_token is 'Access tokens of clients, each good for some minutes.';
comment on column identity.client_token.token_hash is 'SHA-256 of the token; the token itself is kept nowhere.';

create table identity.client_assertion (
  region char(6) not null,
  client text not null,
  jti_hash bytea not null,
  expires_at timestamptz not null,
  primary key (region, client, jti_hash),
  foreign key (region, client) references identity.client (region, id)
);
create index client_assertion_expiry on identity.client_assertion (region, expires_at);
comment on table identity.client_assertion is 'Signed assertions that were taken (RFC 7523), until they expire by themselves: none is taken twice.';
comment on column identity.client_assertion.jti_hash is 'SHA-256 of what the client calls the assertion.';

grant select, insert on identity.client to tongban_app;
grant update (keys, revoked_at, revoked_by) on identity.client to tongban_app;
grant select, insert, delete on identity.client_token, identity.client_assertion to tongban_app;
