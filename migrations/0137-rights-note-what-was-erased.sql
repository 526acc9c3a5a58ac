alter table rights.answer add column erased jsonb;
comment on column rights.answer.erased is 'Of a request to delete that was done: how many drafts and which cases were erased, and which are kept by what law. No personal data.';
