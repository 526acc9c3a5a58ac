create table cases.draft (
  region text not null check (region ~ '^\d{6}$'),
  id text not null,
  owner text not null,
  division text not null,
  subject_kind text not null,
  subject_id text not null,
  subject_version int not null,
  situation jsonb not null,
  answers jsonb not null default '{}',
  updated_at timestamptz not null,
  number text,
  primary key (region, id)
);
comment on table cases.draft is 'What somebody has filled in and not yet submitted; saved page by page.';
comment on column cases.draft.owner is 'The person it belongs to.';
comment on column cases.draft.subject_version is 'The catalogue version it started with; it keeps that version.';
comment on column cases.draft.number is 'The case it became.';
create index draft_owner on cases.draft (region, owner, updated_at desc) where number is null;

create table cases.file (
  region text not null,
  id text not null,
  draft text not null,
  material text not null,
  owner text not null,
  name text not null,
  media_type text not null,
  bytes bigint not null,
  sha256 text not null,
  at timestamptz not null,
  removed_at timestamptz,
  primary key (region, id)
);
comment on table cases.file is 'An uploaded material. Its bytes lie in the file store under their hash.';
comment on column cases.file.name is 'The name the applicant''s device gave it; shown, never used as a path.';
create index file_draft on cases.file (region, draft) where removed_at is null;

grant select, insert, update, delete on cases.draft, cases.file to tongban_app;
