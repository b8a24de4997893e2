-- Adds new events to the days on which they came, with the longest pause before one of the day.
-- Writes event_days by its primary key. Reads events by its primary key; runs before learn_counts, which moves last_at.
-- all workspaces: each event names its own.
insert into event_days (kind_id, day, workspace_id, count, longest_pause)
select p.kind_id, p.day, p.workspace_id, count(*), max(p.pause)
from (
    select k.id as kind_id, e.workspace_id, (e.received_at at time zone 'UTC')::date as day,
        greatest(0, extract(epoch from e.received_at - coalesce(
            lag(e.received_at) over (partition by k.id order by e.received_at, e.id), k.last_at
        )))::int as pause
    from events e
    join event_kinds k on k.workspace_id = e.workspace_id and k.name = e.name
    where e.id > %(after)s and e.id <= %(upto)s
) p
group by p.kind_id, p.day, p.workspace_id
order by p.kind_id, p.day
on conflict (kind_id, day) do update
set count = event_days.count + excluded.count,
    longest_pause = greatest(event_days.longest_pause, excluded.longest_pause)
