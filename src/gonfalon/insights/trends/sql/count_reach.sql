-- When people began and stopped being among those who agreed to $channel: change of their number, a quarter of an hour a
-- row; those of before $since count in the first.
-- Somebody counts from their first agreement that stands, or, where none stands any more, until the last was withdrawn:
-- the copy knows what people say now, not what they said before.
-- Asked of the analytics copy (DuckDB). {people} becomes the workspace's table of people.
with stand as (
    select
        c.person_id,
        min(c.at) filter (where c.state = 'granted') as begun,
        case when count(*) filter (where c.state = 'granted') = 0 then max(c.at) end as ended
    from consents c
    join {people} p on p.id = c.person_id and p.erased_at is null
    where c.workspace_id = $workspace and c.channel = $channel
    group by c.person_id
)
select time_bucket(interval 15 minutes, moment) as bucket, sum(change)::bigint as change
from (
    select greatest(begun, $since) as moment, 1 as change from stand where begun is not null
    union all
    select $since::timestamp, 1 from stand where ended >= $since
    union all
    select ended, -1 from stand where ended >= $since
)
group by bucket
order by bucket
