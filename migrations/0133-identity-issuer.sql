alter table identity.power drop constraint power_role_check;
alter table identity.power add constraint power_role_check check (role in (
  'clerk', 'approver', 'issuer', 'lead', 'supervisor', 'catalog-editor', 'catalog-publisher',
  'system-admin', 'security-admin', 'audit-admin', 'break-glass'));
comment on column identity.power.role is 'catalog-editor proposes changes of the catalogue, catalog-publisher publishes what somebody else proposed; issuer issues what somebody else decided. None of the three can be lent.';
