-- What somebody asked about their own data is itself personal data: some years after the answer its words go, and the
-- request and its answer stay as evidence that there were some.
alter table rights.request alter column sealed drop not null, alter column key_id drop not null;
comment on column rights.request.sealed is 'What is asked for, in the person''s own words, sealed; null once its time of retention is over.';
create index answer_at on rights.answer (region, at);
