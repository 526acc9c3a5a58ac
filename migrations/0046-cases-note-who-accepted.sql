-- Who received a case does not decide it: the fold now says who accepted.
update cases.case c
   set state = c.state || jsonb_build_object('acceptedBy', e.by_id)
  from cases.event e
 where e.region = c.region and e.number = c.number and e.type = 'accepted';
