create table cases.legal_hold (
  region text not null check (region ~ '^\d{6}$'),
  number text not null,
  id text not null,
  reason text not null check (reason <> ''),
  by_id text not null,
  from_at timestamptz not null,
  until_at timestamptz,
  ended_at timestamptz,
  ended_by text,
  primary key (region, number, id),
  foreign key (region, number) references cases.case (region, number)
);
comment on table cases.legal_hold is 'Why something of a case must not be erased, though its time is over: a lawsuit, a review, an investigation. One row a reason; a case is held while any of them is.';
comment on column cases.legal_hold.by_id is 'Login of whoever ordered it.';
comment on column cases.legal_hold.until_at is 'Held until then; null: until it is ended.';
comment on column cases.legal_hold.ended_at is 'Ended before its time.';

create table cases.erasure (
  region text not null check (region ~ '^\d{6}$'),
  number text not null,
  class text not null,
  at timestamptz not null,
  parts int not null,
  files int not null,
  primary key (region, number)
);
comment on table cases.erasure is 'Cases whose classified part and papers were erased when their time was over. Their events stay, with commitments to what was in them. Evidence: append-only.';
comment on column cases.erasure.class is 'Class of retention (rules/retention.yaml) it was erased by.';
comment on column cases.erasure.parts is 'How many sealed parts of events were erased.';

grant select, insert on cases.erasure to tongban_app;
grant select, insert on cases.legal_hold to tongban_app;
grant update (ended_at, ended_by) on cases.legal_hold to tongban_app;
grant delete on cases.sealed to tongban_app;
