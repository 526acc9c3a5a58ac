-- What the system administrator does to accounts: switched off and on again, and a lost second step taken away.
alter table identity.staff
  add column switched_at timestamptz,
  add column switched_by text,
  add column switch_reason text,
  add column last_sign_in timestamptz,
  add column second_reset_at timestamptz,
  add column second_reset_by text;
comment on column identity.staff.active is 'False: nobody signs in with it, and its powers count for nothing though they stay on record.';
comment on column identity.staff.switched_at is 'When it was last switched off or on; null when it never was. The trail has every time.';
comment on column identity.staff.switched_by is 'Account that did it.';
comment on column identity.staff.last_sign_in is 'When a session was last opened; coarse knowledge for who looks after accounts, the trail has every time.';
comment on column identity.staff.second_reset_at is 'Its second step was taken away then, and it has not set up another yet: until it has, nothing else opens. Null otherwise.';
comment on column identity.staff.second_reset_by is 'Account that did it; ''setup'' for the command line.';

-- Signing in writes to the account now: only what processes remember of it is told to them.
drop trigger staff_changed on identity.staff;
create trigger staff_changed after delete or update of active, name, division, agency, second_reset_at on identity.staff
  for each statement execute function identity.tell_sessions();

-- Whether an account has a second step is remembered with its sessions.
create trigger totp_confirmed after update on identity.totp
  for each row when (old.confirmed_at is distinct from new.confirmed_at) execute function identity.tell_sessions();
create trigger totp_gone after delete on identity.totp for each statement execute function identity.tell_sessions();
create trigger passkey_changed after insert or delete on identity.passkey
  for each statement execute function identity.tell_sessions();
