-- How long what was granted takes to be issued by somebody else (行政许可法 art. 44).
alter table efficacy.branch_fact
  add column issue_due date,
  add column issued_day date,
  add column issue_used_days int;
comment on column efficacy.branch_fact.status is 'waiting, open, to-issue, granted, refused or stopped.';
comment on column efficacy.branch_fact.issue_due is 'By when somebody else is to issue it; null where the decision hands it on.';
comment on column efficacy.branch_fact.issue_used_days is 'Working days from the decision to the issue.';
create index branch_fact_issued on efficacy.branch_fact (region, issued_day) where issued_day is not null;
create index branch_fact_to_issue on efficacy.branch_fact (region) where status = 'to-issue';

-- What was folded before these columns came is not told again: they are filled from the same events, once. A fact that
-- has not yet heard of its decision is left to hear of it. Branches with a day to issue them say which cases to read.
with told as (
  select e.region, e.number, e.data ->> 'item' as item,
         max((e.data ->> 'issueDue')::date) as issue_due,
         max((e.at at time zone 'Asia/Shanghai')::date) filter (where e.type = 'branch-issued') as issued_day
    from cases.event e
   where (e.region, e.number) in (select region, number from cases.branch where issue_due is not null)
     and e.type in ('branch-decided', 'branch-issued')
   group by 1, 2, 3
)
update efficacy.branch_fact f
   set issue_due = told.issue_due,
       issued_day = told.issued_day,
       status = case when f.status = 'granted' and told.issued_day is null then 'to-issue' else f.status end,
       issue_used_days = case when told.issued_day is not null then (
         select count(*) from generate_series(f.decided_day + 1, told.issued_day, interval '1 day') as d(day)
           left join platform.calendar_day c on c.day = d.day::date
          where coalesce(c.kind = 'makeup', extract(isodow from d.day) < 6)) end
  from told
 where (f.region, f.number, f.item) = (told.region, told.number, told.item)
   and told.issue_due is not null and f.decided_day is not null;
