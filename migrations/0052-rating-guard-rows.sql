-- What somebody thinks of a case is seen by themselves and by whoever may see the case.
grant usage on schema rating to tongban_reader;
grant select on rating.invitation, rating.rating to tongban_reader;
alter table rating.invitation enable row level security;
alter table rating.rating enable row level security;
create policy work on rating.invitation to tongban_app using (true) with check (true);
create policy work on rating.rating to tongban_app using (true) with check (true);

create policy sight on rating.invitation for select to tongban_reader using (
  (region = (select platform.sight('cases') ->> 'region') and (select platform.sight('cases') -> 'applicants') ? person)
  or exists (select from cases.case c where c.region = invitation.region and c.number = invitation.number)
);
create policy sight on rating.rating for select to tongban_reader using (
  exists (select from rating.invitation i where i.region = rating.region and i.number = rating.number)
);
