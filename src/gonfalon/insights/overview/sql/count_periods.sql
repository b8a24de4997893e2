-- What was sent and came back by campaign in periods that follow each other. Asked of the analytics copy (DuckDB) after
-- make_facts. $starts: when each period begins, $until: when the last ends. Sent counts on the day it was accepted, a
-- conversion on its own day, what was typed in on the day it was carried out.
-- all workspaces: facts holds what make_facts put there, of one workspace.
with period as (
    select unnest($starts::timestamp[]) as starts, unnest(range(len($starts::timestamp[]))) as number
),
place as (
    select unnest($touchpoints::uuid[]) as touchpoint_id, unnest($campaigns::uuid[]) as campaign_id
),
happened as (
    select touchpoint_id, ended_at as "at", 1 as sent, 0 as conversions, 0 as revenue
    from facts where state = 'accepted'
    union all
    select touchpoint_id, c.at, 0, case when void then 0 else 1 end, revenue_minor from credit c
    union all
    select touchpoint_id, ended_at, 0, conversions, revenue_minor from facts where state = 'told'
)
select p.campaign_id, r.number, sum(h.sent)::bigint, sum(h.conversions)::bigint, sum(h.revenue)::bigint
from happened h
join place p on p.touchpoint_id = h.touchpoint_id
asof join period r on h.at >= r.starts
where h.at < $until::timestamp
group by p.campaign_id, r.number
