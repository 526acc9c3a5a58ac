create table cases.sealed (
  region text not null,
  number text not null,
  seq int not null,
  sealed bytea not null,
  key_id int not null,
  primary key (region, number, seq)
);
comment on table cases.sealed is 'The classified part of an event (answers, results), sealed. The event itself holds a commitment to it, so that a new key, or forgetting, changes no evidence.';
comment on column cases.sealed.seq is 'The event it belongs to.';
comment on column cases.sealed.key_id is 'The data key it is sealed with, as it also says itself.';
grant select, insert, update on cases.sealed to tongban_app;

alter table cases.draft add column sealed bytea, add column key_id int;
comment on column cases.draft.answers is 'Answers that are not classified.';
comment on column cases.draft.sealed is 'The classified answers, sealed as one.';
comment on column cases.dossier.answers is 'The newest answers that are not classified; the others lie in cases.sealed, by the event that brought them.';
