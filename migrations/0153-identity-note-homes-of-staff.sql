alter table identity.staff add column home char(12), add column home_building bytea;
comment on column identity.staff.home is 'The village a colleague lives in, where they gave it: reading of neighbours is told to the audit administrator.';
comment on column identity.staff.home_building is 'Blind index of their address down to the building. The address itself is kept nowhere.';
