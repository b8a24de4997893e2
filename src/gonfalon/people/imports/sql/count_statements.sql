-- How many states of consent (a person and a topic) would become granted and withdrawn, as record_consent takes them:
-- {answer} is answer or aside, as in the stage: a file grants where nothing was said, and withdraws what was not agreed to since. Relies on the UNIQUE of consents.
select
    count(*) filter (where i.{answer} = 0 and c.state is null and (i.is_new or not %(new_only)s) and t.id = any (%(topic_ids)s::int[])) as granted,
    count(*) filter (
        where i.{answer} in (2, 4) and (c.state is null or c.state = 'granted' and c.at <= coalesce(%(at)s::timestamptz, now()))
            and (t.id = any (%(topic_ids)s::int[]) or not %(stated)s)
    ) as refused
from import_people i
join topics t on t.workspace_id = %(workspace_id)s
left join consents c on c.person_id = i.person_id and c.channel = %(channel)s and c.topic_id = t.id and not i.is_new
where i.fault is null and (i.{answer} in (2, 4) or i.{answer} = 0 and %(stated)s)
