-- How many people a rule means, and whom each channel and topic reaches, in one pass over the members.
-- Runs in PostgreSQL and in the analytics copy alike; {members} is the rule's question, {addresses} the view of that name.
-- Rows of topic 0 count all, of topic -1 those with an address on the channel and how many of these are suppressed.
-- Reads only. Order of reasons as in the expansion of a dispatch.
with m as materialized ({members}),
a as materialized (
    select m.person_id, a.channel, s.address is not null as suppressed
    from m
    join {addresses} a on a.person_id = m.person_id
    left join suppressions s
        on s.workspace_id = %(workspace)s and s.channel = a.channel and s.address = a.address
)
select '' as channel, 0 as topic_id, count(*) as members, 0 as granted, 0 as withdrawn from m
union all
select a.channel, -1, count(*), count(*) filter (where a.suppressed), 0 from a group by a.channel
union all
select a.channel, c.topic_id, count(*),
    count(*) filter (where c.state = 'granted'), count(*) filter (where c.state = 'withdrawn')
from a
join consents c on c.person_id = a.person_id and c.channel = a.channel and c.workspace_id = %(workspace)s
where not a.suppressed
group by a.channel, c.topic_id
