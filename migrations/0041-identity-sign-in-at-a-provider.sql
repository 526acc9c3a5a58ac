create table identity.provider_request (
  region char(6) not null,
  state_hash bytea not null,
  browser_hash bytea not null,
  nonce text not null,
  verifier text not null,
  next text not null,
  level smallint not null,
  expires_at timestamptz not null,
  primary key (region, state_hash)
);
create index provider_request_expiry on identity.provider_request (region, expires_at);
comment on table identity.provider_request is 'Who has been sent to the provider to sign in and is not back yet. Each is good once and for ten minutes; opens nothing by itself.';
comment on column identity.provider_request.state_hash is 'SHA-256 of the state the provider brings back.';
comment on column identity.provider_request.browser_hash is 'SHA-256 of the cookie of the browser that began: nobody else can finish.';
comment on column identity.provider_request.nonce is 'What the ID token must name.';
comment on column identity.provider_request.verifier is 'PKCE (RFC 7636): without it a code is worth nothing.';
comment on column identity.provider_request.level is 'How sure the provider has to be of who it is.';

create table identity.person_link (
  region char(6) not null,
  issuer text not null,
  subject text not null,
  person_id text not null,
  linked_at timestamptz not null,
  primary key (region, issuer, subject),
  unique (region, issuer, person_id),
  foreign key (region, person_id) references identity.person (region, id)
);
comment on table identity.person_link is 'Accounts at a provider, each of one person; a person has at most one at each provider.';
comment on column identity.person_link.subject is 'What the provider calls the account (sub). Never shown.';

alter table identity.session
  add column via text,
  add column level smallint;
comment on column identity.session.via is 'The provider that vouched for who it is; null: we did ourselves.';
comment on column identity.session.level is 'How sure the provider was; null where no provider was asked.';

grant select, insert, delete on identity.provider_request to tongban_app;
grant select, insert on identity.person_link to tongban_app;
