-- Stored, because the plan is large: who may see a case is asked of every row that is read.
create function cases.parts_of(plan jsonb) returns text[] language sql immutable parallel safe
  return array(
    select distinct part
      from jsonb_to_recordset(plan -> 'branches') as b(agency text, item text),
           unnest(array[b.agency, '#' || b.item, b.agency || '#' || b.item]) as part
     where part is not null
     order by part
  );
comment on function cases.parts_of is 'What a case has to do with: its agencies, its items as #item, and who decides which as agency#item.';

alter table cases.case add column parts text[] generated always as (cases.parts_of(plan)) stored;
comment on column cases.case.parts is 'Agencies, items and both together (agency, #item, agency#item), from the plan, which is pinned: by them a case is found in the sight of an office.';
