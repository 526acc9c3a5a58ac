alter table cases.file rename column sha256 to address;
alter table cases.file add column key_id int not null default 0;
alter table cases.file alter column key_id drop default;
comment on table cases.file is 'An uploaded material. Its bytes lie sealed in the file store under their address.';
comment on column cases.file.address is 'Where the bytes lie: a keyed hash of them, so that nobody without the key can tell whether a known file is there.';
comment on column cases.file.key_id is 'The data key its bytes are sealed with. 0: from before files were sealed.';
create index file_address on cases.file (region, address);
