-- Accounts are read a page at a time, in the order they are shown.
create index staff_listed on identity.staff (region, active desc, agency, name, id);
