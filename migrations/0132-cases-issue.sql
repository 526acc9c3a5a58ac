-- What was granted may be issued by somebody else than who decided (审批与发证分离).
alter table cases.branch add column issue_due date;
comment on column cases.branch.issue_due is 'By when what was granted is to be issued by somebody else; null where the decision hands it on.';
create index branch_to_issue on cases.branch (region, agency, issue_due, number) where status = 'to-issue';
