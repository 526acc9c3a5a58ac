-- Kiosks and terminals of village stations: enrolled with a name and a place, opened once with a code, revoked for good.
create table identity.device (
  region char(6) not null,
  id text not null,
  name text not null,
  kind text not null check (kind in ('kiosk', 'station')),
  division char(12) not null,
  enrolled_by text not null,
  enrolled_at timestamptz not null,
  code_hash bytea,
  code_until timestamptz,
  token_hash bytea,
  opened_at timestamptz,
  last_seen timestamptz,
  revoked_at timestamptz,
  revoked_by text,
  primary key (region, id),
  check ((code_hash is null) = (code_until is null)),
  check ((revoked_at is null) = (revoked_by is null)),
  check (revoked_at is null or (code_hash is null and token_hash is null))
);
create unique index device_code on identity.device (region, code_hash);
create unique index device_token on identity.device (region, token_hash);
comment on table identity.device is 'Machines of the county that people use: a kiosk (自助机) or the terminal of a village station (村级服务站点). A row is never deleted; one that is revoked is enrolled anew instead.';
comment on column identity.device.kind is 'Also the channel of every case handed in on it.';
comment on column identity.device.code_hash is 'SHA-256 of the code somebody types on the machine, once; null when none waits to be used.';
comment on column identity.device.code_until is 'Until then the code may be used.';
comment on column identity.device.token_hash is 'SHA-256 of the secret in the machine''s cookie; the secret itself is kept nowhere.';
comment on column identity.device.opened_at is 'When its code was last used.';
comment on column identity.device.last_seen is 'Coarse: moved at most once a minute.';

grant select, insert on identity.device to tongban_app;
grant update (code_hash, code_until, token_hash, opened_at, last_seen, revoked_at, revoked_by) on identity.device to tongban_app;
