-- A power to issue may be for one item, as one to decide may.
alter table identity.power drop constraint power_check;
alter table identity.power add constraint power_item_by_role check (item is null or role in ('approver', 'issuer', 'lead'));
