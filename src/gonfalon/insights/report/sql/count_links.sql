-- Clicks and credited conversions by link. Asked of the analytics copy (DuckDB) after make_facts.
with clicked as (
    select
        f.touchpoint_id, h.link_number,
        count(*) filter (where h.verdict = 'human') as clicks,
        count(distinct f.person_id) filter (where h.verdict = 'human') as clickers,
        count(*) filter (where h.verdict <> 'human') as machine_clicks
    from hits h
    join facts f on f.id = h.message_id
    where h.workspace_id = $workspace and h.kind = 'click'
    group by f.touchpoint_id, h.link_number
),
earned as (
    select touchpoint_id, link_number, count(*) filter (where not void) as conversions, sum(revenue_minor)::bigint as revenue_minor
    from credit
    where link_number is not null
    group by touchpoint_id, link_number
)
select
    coalesce(c.touchpoint_id, e.touchpoint_id), coalesce(c.link_number, e.link_number),
    coalesce(c.clicks, 0), coalesce(c.clickers, 0), coalesce(c.machine_clicks, 0),
    coalesce(e.conversions, 0), coalesce(e.revenue_minor, 0)
from clicked c
full join earned e on e.touchpoint_id = c.touchpoint_id and e.link_number = c.link_number
order by 1, 2
