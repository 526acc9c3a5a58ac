alter table efficacy.case_fact add column deemed boolean not null default false;
comment on column efficacy.case_fact.deemed is 'Accepted by law because the counter did not answer in time (行政许可法 art. 32).';
