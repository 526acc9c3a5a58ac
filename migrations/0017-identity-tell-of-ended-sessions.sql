-- Every process remembers for a moment whom a cookie stands for. Whatever ends a session or changes what its account may
-- do is told to all of them, by the database itself, so that no statement can forget to.
create function identity.tell_session() returns trigger language plpgsql as $$
begin
  perform pg_notify('session', old.region || '.' || encode(old.token_hash, 'hex'));
  return null;
end $$;
comment on function identity.tell_session is 'Tells every process to forget one session.';

create function identity.tell_sessions() returns trigger language plpgsql as $$
begin
  perform pg_notify('session', '');
  return null;
end $$;
comment on function identity.tell_sessions is 'Tells every process to forget all sessions it remembers.';

create trigger session_ended after delete on identity.session for each row execute function identity.tell_session();
create trigger session_changed after update of proved_at, expires_at, idle_seconds on identity.session
  for each row execute function identity.tell_session();
create trigger staff_changed after update or delete on identity.staff
  for each statement execute function identity.tell_sessions();
create trigger person_renamed after update of name on identity.person
  for each statement execute function identity.tell_sessions();
create trigger person_gone after delete on identity.person
  for each statement execute function identity.tell_sessions();
