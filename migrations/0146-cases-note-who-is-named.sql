-- People may see who looked at their data also where somebody else applied: the mother in the father's case.
create table cases.named (
  region text not null check (region ~ '^\d{6}$'),
  id_card_index bytea not null,
  number text not null,
  primary key (region, id_card_index, number),
  foreign key (region, number) references cases.case (region, number)
);
comment on table cases.named is 'Whose id cards the answers of a case name, by blind index: found by who has the card, told to nobody else. From migration 0146 on; goes when the case is erased.';
comment on column cases.named.id_card_index is 'As identity.person.id_card_index.';
create index named_number on cases.named (region, number);
grant select, insert, delete on cases.named to tongban_app;
