create index case_closed on cases.case (region, closed_at) where closed_at is not null;
comment on index cases.case_closed is 'Retention looks for cases that ended before a day.';
create index draft_updated on cases.draft (region, updated_at) where number is null;
comment on index cases.draft_updated is 'Retention looks for drafts nobody has touched since a day.';
