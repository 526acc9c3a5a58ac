create schema identity;
grant usage on schema identity to tongban_app;

create table identity.division (
  code char(12) not null,
  level smallint not null check (level between 1 and 5),
  name text not null,
  parent char(12) not null,
  primary key (code, level)
);
create index division_parent on identity.division (parent);
comment on table identity.division is 'The divisions of the country (统计用区划). No region column: it is a small dictionary, the same for every county, and does not grow with use.';
comment on column identity.division.code is 'Twelve digits: province 2, city 2, county 2, township 3, village 3, the rest zero.';
comment on column identity.division.level is '1 province, 2 city, 3 county, 4 township, 5 village. Part of the key because four codes stand at two levels: 东莞, 中山 and 儋州 are city and county at once (不设区市), 金门 is county and township at once.';
comment on column identity.division.parent is 'Code of the division above; 000000000000, the country, above a province.';

create table identity.division_load (
  scope text primary key,
  source text not null,
  version text not null,
  as_of date not null,
  counts jsonb not null,
  loaded_at timestamptz not null
);
comment on table identity.division_load is 'What has been loaded into identity.division, so that a start does not load it twice.';
comment on column identity.division_load.scope is 'townships: the whole country down to townships. A county code: the villages of that county.';
comment on column identity.division_load.as_of is 'The day the source describes.';
comment on column identity.division_load.counts is 'Rows by level.';

grant select, insert on identity.division, identity.division_load to tongban_app;
