-- What was filled in lies with the case once there is one; the draft only says which case it became. So nothing is left in
-- it when the case is erased.
update cases.draft set answers = '{}', sealed = null, key_id = null where number is not null;
comment on column cases.draft.answers is 'What was filled in so far; empty once it has become a case, which has them.';
