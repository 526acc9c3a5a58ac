-- Whoever has both a start code and the reset of the second step of somebody can come in as them.
alter table ledger.alarm drop constraint alarm_rule_check;
alter table ledger.alarm add constraint alarm_rule_check
  check (rule in ('volume', 'hour', 'kin', 'no-case', 'client-volume', 'client-refused', 'break-glass', 'take-over'));
comment on column ledger.alarm.subject is 'Person who was read, for rules about one person; number of the case that was opened in an emergency; account that both keys were given for; empty otherwise.';
