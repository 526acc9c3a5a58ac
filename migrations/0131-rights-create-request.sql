create schema rights;
grant usage on schema rights to tongban_app, tongban_reader;

create table rights.request (
  region text not null check (region ~ '^\d{6}$'),
  id text not null,
  person text not null,
  division text not null,
  kind text not null check (kind in ('correct', 'delete', 'explain')),
  about text,
  at timestamptz not null,
  due date not null,
  sealed bytea not null,
  key_id int not null,
  primary key (region, id)
);
comment on table rights.request is 'What somebody asks about their own data: to correct it, to delete it, to explain a decision (个人信息保护法 art. 24, 46-48, 50). Never changed, except to be sealed anew.';
comment on column rights.request.division is 'Township whose counter answers.';
comment on column rights.request.about is 'Number of the case it is about.';
comment on column rights.request.due is 'Day by which it is to be answered, by the rule of that day (rules/rights.yaml).';
comment on column rights.request.sealed is 'What is asked for, in the person''s own words, sealed.';
create index request_division on rights.request (region, division, due);
create index request_person on rights.request (region, person, at desc);

create table rights.answer (
  region text not null check (region ~ '^\d{6}$'),
  request text not null,
  outcome text not null check (outcome in ('done', 'refused')),
  reason text not null check (reason <> ''),
  at timestamptz not null,
  by_id text not null,
  agency text not null,
  primary key (region, request),
  foreign key (region, request) references rights.request (region, id)
);
comment on table rights.answer is 'How a request was answered, by whom and why; once. Evidence: append-only.';

grant select, insert on rights.request, rights.answer to tongban_app;
grant update (sealed, key_id) on rights.request to tongban_app;
grant select on rights.request, rights.answer to tongban_reader;
alter table rights.request enable row level security;
alter table rights.answer enable row level security;
create policy work on rights.request to tongban_app using (true) with check (true);
create policy work on rights.answer to tongban_app using (true) with check (true);
create policy sight on rights.request for select to tongban_reader using (
  region = (select platform.sight('requests') ->> 'region')
  and (
    (select platform.sight('requests') -> 'applicants') ? person
    or division like any ((select (platform.sight('requests') ->> 'divisions')::text[])::text[])
  )
);
comment on policy sight on rights.request is 'One''s own, and those of the places whose counter one works at.';
create policy sight on rights.answer for select to tongban_reader using (
  exists (select from rights.request r where r.region = answer.region and r.id = answer.request)
);
