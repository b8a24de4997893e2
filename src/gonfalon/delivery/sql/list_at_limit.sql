-- The people of a channel and topic who could be reached but have had as many messages as the contact limit allows.
-- What counts is what counts in record_tick.sql: accepted or in doubt, on the channel, whatever the topic.
-- Reads only. Relies on ix_dispatches_workspace and ix_messages_dispatch.
with reached as (
    select m.person_id
    from dispatches d
    join messages m on m.dispatch_id = d.id
    where d.workspace_id = %(workspace_id)s and d.channel = %(channel)s
        and (d.finished_at is null or d.finished_at > now() - make_interval(days => %(days)s))
        and m.state in ('accepted', 'unknown')
        and m.ended_at > now() - make_interval(days => %(days)s)
    group by m.person_id
    having count(*) >= %(messages)s
)
select r.person_id
from reached
join reachable_people r on r.person_id = reached.person_id
where r.workspace_id = %(workspace_id)s and r.channel = %(channel)s and r.topic_id = %(topic_id)s
order by r.person_id
