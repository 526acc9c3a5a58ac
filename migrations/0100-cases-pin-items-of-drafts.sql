alter table cases.draft add column item_versions jsonb not null default '{}';
comment on column cases.draft.item_versions is 'Of a bundle: the version each of its items had when the draft was begun. A draft from before this column takes them at their newest.';
