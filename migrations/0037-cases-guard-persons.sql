-- Lies with cases, because who may read about a person follows from the cases one may read.
grant usage on schema identity to tongban_reader;
grant select on identity.person to tongban_reader;
alter table identity.person enable row level security;
create policy work on identity.person to tongban_app using (true) with check (true);
create policy sight on identity.person for select to tongban_reader using (
  (region = (select platform.sight('cases') ->> 'region') and (select platform.sight('cases') -> 'applicants') ? id)
  or exists (select from cases.case c where c.region = person.region and c.applicant = person.id)
);
comment on policy sight on identity.person is 'Oneself, and the applicants of the cases that are seen.';
