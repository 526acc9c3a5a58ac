-- The role in which is read what somebody asked for: it sees only what the sight of that somebody lets through, by the
-- row-level security of each table, and it writes nothing.
do $$ begin
  if not exists (select from pg_roles where rolname = 'tongban_reader') then
    create role tongban_reader nologin;
  end if;
  -- The account that connects may take the role (a superuser may anyway).
  if not pg_has_role(current_user, 'tongban_reader', 'member') then
    execute format('grant tongban_reader to %I', current_user);
  end if;
end $$;

grant usage on schema platform to tongban_reader;

-- Written so that the planner sees through it: in `(select platform.sight(…))` it is worked out once a statement.
create function platform.sight(of_what text) returns jsonb language sql stable parallel safe
  return nullif(current_setting('tongban.sight', true), '')::jsonb -> of_what;
comment on function platform.sight is 'What whoever is read for may see of a kind of rows, from the setting tongban.sight of this transaction. Null, so nothing, when it is not set.';
