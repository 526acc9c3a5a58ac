create index case_applicant_name on cases.case (region, applicant_name text_pattern_ops);
comment on index cases.case_applicant_name is 'Desk staff search by the beginning of the applicant''s name.';
