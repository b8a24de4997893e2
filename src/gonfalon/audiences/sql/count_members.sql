-- How many people a rule means, and whom each channel and topic reaches, in one pass over the members.
-- Runs in PostgreSQL and in the analytics copy alike; {members} is the rule's question, {people} the people table.
-- Reads only. Order of reasons as in the expansion of a dispatch.
with m as materialized ({members}),
a as materialized (
    select
        m.person_id,
        p.email is not null as has_email,
        p.phone is not null as has_phone,
        coalesce(p.email in (
            select s.address from suppressions s
            where s.workspace_id = %(workspace)s and s.channel = 'email' and s.address is not null
        ), false) as email_suppressed,
        coalesce(p.phone in (
            select s.address from suppressions s
            where s.workspace_id = %(workspace)s and s.channel = 'sms' and s.address is not null
        ), false) as phone_suppressed
    from m
    join {people} p on p.id = m.person_id
),
o as (
    select person_id, 'email' as channel from a where has_email and not email_suppressed
    union all
    select person_id, 'sms' as channel from a where has_phone and not phone_suppressed
)
select '' as channel, 0 as topic_id, count(*) as members, 0 as granted, 0 as withdrawn from a
union all
select 'email', -1, count(*) filter (where not has_email), count(*) filter (where email_suppressed), 0 from a
union all
select 'sms', -1, count(*) filter (where not has_phone), count(*) filter (where phone_suppressed), 0 from a
union all
select o.channel, c.topic_id, count(*),
    count(*) filter (where c.state = 'granted'), count(*) filter (where c.state = 'withdrawn')
from o
join consents c on c.person_id = o.person_id and c.channel = o.channel and c.workspace_id = %(workspace)s
group by o.channel, c.topic_id
