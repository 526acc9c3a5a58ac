-- Whose power of an organisation names the items sees, of its drafts and their papers, those of these items and no others:
-- until now the database let all drafts of the organisation through and the policy alone left out the others.
drop policy sight on cases.draft;
create policy sight on cases.draft for select to tongban_reader using (
  region = (select platform.sight('drafts') ->> 'region')
  and (
    (select platform.sight('drafts') -> 'applicants') ? owner
    or exists (
      select from jsonb_to_recordset((select platform.sight('drafts') -> 'rest')) as clause(applicant text, part text)
       where clause.applicant = draft.owner and draft.subject_kind = 'item' and clause.part = '#' || draft.subject_id
    )
  )
);
comment on policy sight on cases.draft is 'Those of whom one applies for; with a clause for each item when a power of an organisation names them.';

drop policy sight on cases.file;
create policy sight on cases.file for select to tongban_reader using (
  (region = (select platform.sight('drafts') ->> 'region') and (select platform.sight('drafts') -> 'applicants') ? owner)
  or exists (select from cases.case c where c.region = file.region and c.draft = file.draft)
  or exists (select from cases.case c where c.region = file.region and c.number = file.draft)
  or (
    (select platform.sight('drafts') -> 'rest') is not null
    and exists (select from cases.draft d where d.region = file.region and d.id = file.draft)
  )
);
comment on policy sight on cases.file is 'Those of one''s own drafts, and those of the cases that are seen: handed in with the draft, or later under the number. The last line is for powers that name items.';
