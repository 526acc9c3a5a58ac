-- Row-level security: whoever is read for sees the rows of their sight and no others, whatever a statement forgot to ask.
-- The application's own work (acts, subscribers, resealing) goes on as role tongban_app and sees every row.
--
-- A sight has per kind of row the lists of clauses with one field, and `rest`, the clauses with several. Every clause is of
-- one region. What stands in (select …) is worked out once a statement.
grant usage on schema cases to tongban_reader;
grant select on cases.case, cases.branch, cases.event, cases.dossier, cases.sealed, cases.draft, cases.file to tongban_reader;

alter table cases.case enable row level security;
alter table cases.branch enable row level security;
alter table cases.event enable row level security;
alter table cases.dossier enable row level security;
alter table cases.sealed enable row level security;
alter table cases.draft enable row level security;
alter table cases.file enable row level security;

create policy work on cases.case to tongban_app using (true) with check (true);
create policy work on cases.branch to tongban_app using (true) with check (true);
create policy work on cases.event to tongban_app using (true) with check (true);
create policy work on cases.dossier to tongban_app using (true) with check (true);
create policy work on cases.sealed to tongban_app using (true) with check (true);
create policy work on cases.draft to tongban_app using (true) with check (true);
create policy work on cases.file to tongban_app using (true) with check (true);

create policy sight on cases.case for select to tongban_reader using (
  region = (select platform.sight('cases') ->> 'region')
  and (
    (select platform.sight('cases') -> 'applicants') ? applicant
    or division like any ((select (platform.sight('cases') ->> 'divisions')::text[])::text[])
    or (select platform.sight('cases') -> 'parts') ?| parts
    or (select platform.sight('cases') -> 'numbers') ? number
    or exists (
      select from jsonb_to_recordset((select platform.sight('cases') -> 'rest'))
               as clause(applicant text, division text, part text, number text)
       where (clause.applicant is null or clause.applicant = "case".applicant)
         and (clause.division is null or "case".division like clause.division)
         and (clause.part is null or clause.part = any ("case".parts))
         and (clause.number is null or clause.number = "case".number)
    )
  )
);
comment on policy sight on cases.case is 'Those a clause of the sight names by applicant, by the beginning of the division, by a part, by number, or by several of these.';

create policy sight on cases.branch for select to tongban_reader using (
  region = (select platform.sight('branches') ->> 'region')
  and (
    (select platform.sight('branches') -> 'parts') ? agency
    or (select platform.sight('branches') -> 'parts') ?| array['#' || item, agency || '#' || item]
    or division like any ((select (platform.sight('branches') ->> 'divisions')::text[])::text[])
    or (select platform.sight('branches') -> 'numbers') ? number
    or exists (
      select from jsonb_to_recordset((select platform.sight('branches') -> 'rest'))
               as clause(applicant text, division text, part text, number text)
       where clause.applicant is null
         and (clause.division is null or branch.division like clause.division)
         and (clause.part is null or clause.part in (branch.agency, '#' || branch.item, branch.agency || '#' || branch.item))
         and (clause.number is null or clause.number = branch.number)
    )
  )
);
comment on policy sight on cases.branch is 'The same for the inboxes of offices. Nobody has an inbox as an applicant.';

create policy sight on cases.event for select to tongban_reader using (
  exists (select from cases.case c where c.region = event.region and c.number = event.number)
);
create policy sight on cases.dossier for select to tongban_reader using (
  exists (select from cases.case c where c.region = dossier.region and c.number = dossier.number)
);
create policy sight on cases.sealed for select to tongban_reader using (
  exists (select from cases.case c where c.region = sealed.region and c.number = sealed.number)
);
comment on policy sight on cases.event is 'Those of the cases that are seen: the policy of cases.case holds inside.';

create policy sight on cases.draft for select to tongban_reader using (
  region = (select platform.sight('drafts') ->> 'region')
  and (select platform.sight('drafts') -> 'applicants') ? owner
);
create policy sight on cases.file for select to tongban_reader using (
  (region = (select platform.sight('drafts') ->> 'region') and (select platform.sight('drafts') -> 'applicants') ? owner)
  or exists (select from cases.case c where c.region = file.region and c.draft = file.draft)
  or exists (select from cases.case c where c.region = file.region and c.number = file.draft)
);
comment on policy sight on cases.file is 'Those of one''s own drafts, and those of the cases that are seen: handed in with the draft, or later under the number.';
