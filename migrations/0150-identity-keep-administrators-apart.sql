-- Administrators keep the house and see no case (三权分立). The acts refuse it with a word; this is for an act that forgot,
-- for two at the same moment, and for what a colleague lent whose account was switched off and may be on again.
create function identity.keep_administrators_apart() returns trigger language plpgsql as $$
begin
  -- One after the other for an account: each sees what the other wrote.
  perform pg_advisory_xact_lock(hashtext('identity.power'), hashtext(new.region || new.account));
  if exists (
    select from identity.power held
     where held.region = new.region and held.account = new.account and held.id <> new.id and held.revoked_at is null
       and (held.role in ('system-admin', 'security-admin', 'audit-admin'))
           <> (new.role in ('system-admin', 'security-admin', 'audit-admin'))
       and (held.valid_until is null or held.valid_until > greatest(new.valid_from, new.granted_at))
       and (held.valid_from is null or new.valid_until is null or held.valid_from < new.valid_until)
  ) then
    raise exception 'An administrator holds no other power at the same time.'
      using errcode = 'check_violation', constraint = 'administrators_no_cases';
  end if;
  return null;
end $$;
comment on function identity.keep_administrators_apart is 'Refuses a power that would make somebody an administrator and anything else at once. That nobody holds two administrations is the index power_one_administration.';
create trigger administrators_apart after insert or update on identity.power
  for each row when (new.revoked_at is null) execute function identity.keep_administrators_apart();
