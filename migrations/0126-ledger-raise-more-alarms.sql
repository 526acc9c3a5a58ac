-- Alarms of other systems, and of cases that were opened in an emergency.
alter table ledger.alarm drop constraint alarm_rule_check;
alter table ledger.alarm add constraint alarm_rule_check
  check (rule in ('volume', 'hour', 'kin', 'no-case', 'client-volume', 'client-refused', 'break-glass'));
comment on table ledger.alarm is 'What was unusual on one day: reading of classified data by a colleague or by another system, told once by each rule (rules/alarms.yaml), and every case opened in an emergency. Append-only.';
comment on column ledger.alarm.who is 'Account of the reader, or the other system.';
comment on column ledger.alarm.subject is 'Person who was read, for rules about one person; number of the case that was opened in an emergency; empty otherwise.';

create index power_break_glass on identity.power (region, granted_at desc) where role = 'break-glass';
comment on index identity.power_break_glass is 'Accesses in an emergency: the list of reviews, and how many wait for one.';
