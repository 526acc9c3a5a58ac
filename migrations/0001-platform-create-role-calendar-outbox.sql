-- The role the application works as: it owns nothing and gets only what each migration grants.
do $$ begin
  if not exists (select from pg_roles where rolname = 'tongban_app') then
    create role tongban_app nologin;
  end if;
  -- The account that connects may take the role (a superuser may anyway).
  if not pg_has_role(current_user, 'tongban_app', 'member') then
    execute format('grant tongban_app to %I', current_user);
  end if;
end $$;

create schema platform;
grant usage on schema platform to tongban_app;

-- Small and the same for everybody: no region.
create table platform.calendar_day (
  day date primary key,
  kind text not null check (kind in ('holiday', 'makeup'))
);
comment on table platform.calendar_day is 'Days that differ from the Monday-to-Friday week: statutory holidays and make-up workdays.';

create table platform.calendar_coverage (
  covered_until date primary key,
  source text not null,
  loaded_at timestamptz not null default now()
);
comment on table platform.calendar_coverage is 'How far the calendar is known. A due date after covered_until is provisional.';

create table platform.outbox_cursor (
  subscriber text primary key,
  xid text not null default '0',
  position bigint not null default 0,
  moved_at timestamptz not null default now()
);
comment on table platform.outbox_cursor is 'How far each subscriber has read a feed. Moved in the transaction of the subscriber''s effect.';
comment on column platform.outbox_cursor.xid is 'Transaction id (xid8 as text) of the last event handled; with position it orders a feed.';

create table platform.secret (
  name text primary key,
  value text not null
);
comment on table platform.secret is 'Keys the house makes for itself on first start, e.g. for the CSRF tokens of visitors who have not signed in.';

grant select, insert, update, delete on platform.calendar_day, platform.calendar_coverage to tongban_app;
grant select, insert, update on platform.outbox_cursor to tongban_app;
grant select, insert on platform.secret to tongban_app;
