create table cases.consent (
  region text not null check (region ~ '^\d{6}$'),
  number text not null,
  seq smallint not null check (seq between 1 and 2),
  kind text not null check (kind in ('given', 'withdrawn') and (kind = 'given') = (seq = 1)),
  person text not null,
  elements text[] not null check (cardinality(elements) > 0),
  text text not null,
  given_as text not null check (given_as in ('self', 'father', 'mother', 'guardian')),
  by_id text not null,
  at timestamptz not null,
  primary key (region, number, seq),
  foreign key (region, number) references cases.case (region, number)
);
comment on table cases.consent is 'Separate consent to sensitive answers that no statutory duty asks for (个人信息保护法 art. 29), and its withdrawal as a second row. Evidence: append-only.';
comment on column cases.consent.person is 'Who consents: whoever hands in the case, or came to the counter.';
comment on column cases.consent.elements is 'Ids of the elements it is about.';
comment on column cases.consent.text is 'Version of the words that were consented to.';
comment on column cases.consent.given_as is 'For oneself, or for a child under fourteen as its father, mother or other guardian (art. 31).';
comment on column cases.consent.by_id is 'Who recorded it: the person, or the clerk who was told at the counter.';
create index consent_person on cases.consent (region, person, at desc);

grant select, insert on cases.consent to tongban_app;
grant select on cases.consent to tongban_reader;
alter table cases.consent enable row level security;
create policy work on cases.consent to tongban_app using (true) with check (true);
create policy sight on cases.consent for select to tongban_reader using (
  exists (select from cases.case c where c.region = consent.region and c.number = consent.number)
);
comment on policy sight on cases.consent is 'Those of the cases that are seen.';
