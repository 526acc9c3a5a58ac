alter table cases.consent drop constraint consent_check, drop constraint consent_seq_check;
alter table cases.consent
  add constraint consent_seq_check check (seq > 0),
  add constraint consent_kind_check check (kind in ('given', 'withdrawn'));
comment on table cases.consent is 'Separate consent to sensitive answers that no statutory duty asks for (个人信息保护法 art. 29): given with the case, given anew for what a correction adds, and taken back by further rows. Evidence: append-only.';
