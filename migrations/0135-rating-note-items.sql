alter table rating.invitation add column parts jsonb not null default '[]';
comment on column rating.invitation.parts is 'Items of the case, each with the agency that decides it ([{"agency", "item"}]): powers limited to an item are held against them.';
update rating.invitation i
   set parts = (select coalesce(jsonb_agg(jsonb_build_object('agency', b.agency, 'item', b.item)), '[]')
                  from jsonb_to_recordset(c.plan -> 'branches') as b(agency text, item text))
  from cases.case c
 where c.region = i.region and c.number = i.number;
