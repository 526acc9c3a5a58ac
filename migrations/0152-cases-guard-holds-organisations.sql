-- Holds are seen by whoever places them; who may act for an organisation, by its legal representative.
grant select on cases.legal_hold, identity.organisation_power, identity.organisation_act to tongban_reader;

alter table cases.legal_hold enable row level security;
alter table identity.organisation_power enable row level security;
alter table identity.organisation_act enable row level security;

create policy work on cases.legal_hold to tongban_app using (true) with check (true);
create policy work on identity.organisation_power to tongban_app using (true) with check (true);
create policy work on identity.organisation_act to tongban_app using (true) with check (true);

create policy sight on cases.legal_hold for select to tongban_reader using (region = (select platform.sight('holds') ->> 'region'));
create policy sight on identity.organisation_power for select to tongban_reader using (
  region = (select platform.sight('organisation') ->> 'region') and organisation = (select platform.sight('organisation') ->> 'id')
);
create policy sight on identity.organisation_act for select to tongban_reader using (
  region = (select platform.sight('organisation') ->> 'region') and organisation = (select platform.sight('organisation') ->> 'id')
);
comment on policy sight on cases.legal_hold is 'All of the county for the security administrator, and nothing for anybody else.';
