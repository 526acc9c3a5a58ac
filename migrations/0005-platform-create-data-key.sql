-- Small and about the machine, not about people: no region.
create table platform.data_key (
  id int primary key,
  purpose text not null check (purpose in ('seal', 'index')),
  suite text not null check (suite in ('aes-256-gcm', 'sm4-ctr-hmac-sm3')),
  wrapped bytea not null,
  created_at timestamptz not null default now(),
  retired_at timestamptz
);
comment on table platform.data_key is 'Keys that seal classified data, each wrapped by the master key, which is never in the database.';
comment on column platform.data_key.purpose is 'seal: seals values; the newest that is not retired is used, all open. index: makes blind indexes; there is one, and it stays.';
comment on column platform.data_key.wrapped is 'The key, sealed by whoever holds the master key; bound to its id, purpose and suite.';
comment on column platform.data_key.retired_at is 'Since then nothing is sealed with it; it still opens what an old backup holds.';
create unique index data_key_index on platform.data_key (purpose) where purpose = 'index';

create function platform.tell_data_key_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('data_key', '');
  return null;
end $$;
create trigger data_key_changed after insert or update on platform.data_key
  for each statement execute function platform.tell_data_key_changed();

grant select, insert on platform.data_key to tongban_app;
grant update (retired_at) on platform.data_key to tongban_app;
