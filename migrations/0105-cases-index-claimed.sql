-- Counting what somebody has taken read every open branch of the agency. A branch that is taken is never merely open.
create index branch_mine on cases.branch (region, agency, claimed_by, promised_due, number, item) where status = 'claimed';
