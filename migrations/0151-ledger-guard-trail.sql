-- The trail and its alarms are seen by the audit administrator of their county and by nobody else, whatever a page forgot
-- to ask. What people see of themselves ("who looked at my data", sign-ins) is work of the application, as before.
grant usage on schema ledger to tongban_reader;
grant select on ledger.trail, ledger.alarm, ledger.alarm_note to tongban_reader;

alter table ledger.trail enable row level security;
alter table ledger.alarm enable row level security;
alter table ledger.alarm_note enable row level security;

create policy work on ledger.trail to tongban_app using (true) with check (true);
create policy work on ledger.alarm to tongban_app using (true) with check (true);
create policy work on ledger.alarm_note to tongban_app using (true) with check (true);

create policy sight on ledger.trail for select to tongban_reader using (region = (select platform.sight('trail') ->> 'region'));
create policy sight on ledger.alarm for select to tongban_reader using (region = (select platform.sight('trail') ->> 'region'));
create policy sight on ledger.alarm_note for select to tongban_reader using (region = (select platform.sight('trail') ->> 'region'));
comment on policy sight on ledger.trail is 'All of the county for who audits it, and nothing for anybody else.';
