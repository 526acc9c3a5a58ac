-- A second key of blind indexes may stand beside the first until every index has moved to it.
drop index platform.data_key_index;
comment on column platform.data_key.purpose is 'seal: seals values; the newest that is not retired is used, all open. index: makes blind indexes; the oldest that is not retired counts, a newer one is about to, and retired ones find what could not be moved.';
comment on column platform.data_key.retired_at is 'Since then nothing is made with it; it still opens what an old backup holds, and finds what only its index is kept of.';

create table platform.index_move (
  region text not null,
  old bytea not null,
  new bytea not null,
  primary key (region, old)
);
comment on table platform.index_move is 'Blind indexes under the key that counts and under the one about to, while the key is changed; empty at any other time.';
grant select, insert, delete on platform.index_move to tongban_app;

create function platform.pick_index(candidates bytea) returns bytea language plpgsql as $$
declare
  counts int;
begin
  -- Asked anew in every call: whoever waited for a change of the key sees it.
  select id into counts from platform.data_key where purpose = 'index' and retired_at is null order by id limit 1;
  for at in 0 .. length(candidates) / 20 - 1 loop
    if substring(candidates from at * 20 + 1 for 4) = int4send(counts) then
      return substring(candidates from at * 20 + 5 for 16);
    end if;
  end loop;
  raise exception 'the key of the blind indexes has changed, and this process has not heard of it';
end $$;
comment on function platform.pick_index is 'Of a blind index under several keys, each the id of the key (4 bytes) and the index (16), the one under the key that counts now.';
