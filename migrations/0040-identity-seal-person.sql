alter table identity.person
  add column sealed bytea,
  add column key_id int,
  add column id_card_index bytea,
  alter column id_card drop not null,
  alter column phone drop not null,
  alter column sex drop not null,
  alter column birth_date drop not null,
  alter column address drop not null;
create unique index person_id_card_index on identity.person (region, id_card_index);
create index person_not_sealed on identity.person (region, id) where sealed is null;
comment on column identity.person.sealed is 'Id card, telephone and address, sealed as one; sex and birth date are read from the id card.';
comment on column identity.person.id_card_index is 'Blind index: a keyed hash by which a person is found again by their id card.';
comment on column identity.person.id_card is 'Only until the row is sealed, as phone, sex, birth_date and address; empty since.';
comment on column identity.person.sex is 'Only until the row is sealed.';
