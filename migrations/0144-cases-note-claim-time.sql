-- The state says since when a branch is held. Of what was claimed before it did, its events tell: the row is their fold.
update cases.case c
   set state = jsonb_set(c.state, '{branches}', (
     select jsonb_object_agg(b.item, case when claim.at is null then b.state
                                          else b.state || jsonb_build_object('claimedAt', claim.at) end)
       from jsonb_each(c.state -> 'branches') as b(item, state)
       left join lateral (
         select e.data ->> 'at' as at from cases.event e
          where e.region = c.region and e.number = c.number and e.type = 'branch-claimed'
            and e.data ->> 'item' = b.item and b.state ? 'claimedBy'
          order by e.seq desc limit 1) claim on true))
 where exists (select from jsonb_each(c.state -> 'branches') as b(item, state)
                where b.state ? 'claimedBy' and not b.state ? 'claimedAt');
