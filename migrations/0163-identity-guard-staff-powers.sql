-- Accounts of staff and their powers are read with the sight of who asks: by administrators all of their county, by who
-- lends a power the colleagues of the same agency. Nobody else sees any. Signing in, acts and commands go on as tongban_app.
grant select on identity.power, identity.break_glass_review, identity.agency to tongban_reader;
-- Column by column: hashes of passwords, and where somebody lives, are shown to nobody.
grant select (region, id, login, name, division, agency, active, last_sign_in, switched_at, switched_by, switch_reason, second_reset_at)
  on identity.staff to tongban_reader;

alter table identity.staff enable row level security;
alter table identity.power enable row level security;
alter table identity.break_glass_review enable row level security;
alter table identity.agency enable row level security;

create policy work on identity.staff to tongban_app using (true) with check (true);
create policy work on identity.power to tongban_app using (true) with check (true);
create policy work on identity.break_glass_review to tongban_app using (true) with check (true);
create policy work on identity.agency to tongban_app using (true) with check (true);

create policy sight on identity.power for select to tongban_reader using (
  region = (select platform.sight('powers') ->> 'region')
  and (
    (select platform.sight('powers') ? 'all')
    or lent_by = (select platform.sight('powers') ->> 'lender')
    or (role in ('system-admin', 'security-admin', 'audit-admin') and (select platform.sight('powers') ? 'lender'))
  )
);
comment on policy sight on identity.power is 'All of the county; or what somebody has lent, and who administers, for nothing is lent to them.';

create policy sight on identity.staff for select to tongban_reader using (
  region = (select platform.sight('accounts') ->> 'region')
  and (
    (select platform.sight('accounts') ? 'all')
    or agency = (select platform.sight('accounts') ->> 'agency')
    or exists (
      select from identity.power p
       where p.region = staff.region and p.account = staff.id and p.revoked_at is null
         and p.lent_by = (select platform.sight('powers') ->> 'lender')
    )
  )
);
comment on policy sight on identity.staff is 'All of the county; or colleagues of the own agency, and whoever was lent something and has gone to another since.';

create policy sight on identity.break_glass_review for select to tongban_reader using (region = (select platform.sight('reviews') ->> 'region'));
create policy sight on identity.agency for select to tongban_reader using (region = (select platform.sight('accounts') ->> 'region'));
comment on policy sight on identity.agency is 'Names no person; it is read beside accounts, by whoever sees any.';
