-- One row per message of the reported touchpoints, with everything metrics count (metrics/catalogue.py); a row with
-- state `touched` for everybody else who came by one of them, and a row `told` for results that were typed in.
-- Asked of the analytics copy (DuckDB) after make_credit; makes a table of the session.
-- $unsubscribed: messages through which consent was withdrawn (PostgreSQL's proof ledger knows them).
create temp table facts as
with hit as (
    select
        message_id,
        count(*) filter (where kind = 'open' and verdict = 'human') as opens,
        count(*) filter (where kind = 'open' and verdict <> 'human') as machine_opens,
        count(*) filter (where kind = 'click' and verdict = 'human') as clicks,
        count(*) filter (where kind = 'click' and verdict <> 'human') as machine_clicks
    from hits
    where workspace_id = $workspace
        and message_id in (
            select id from messages
            where workspace_id = $workspace and touchpoint_id in (select unnest($reported::uuid[]))
        )
    group by message_id
),
earned as (
    select
        message_id, touchpoint_id, person_id,
        count(*) filter (where not void) as conversions,
        count(*) filter (where void) as reversed,
        sum(revenue_minor)::bigint as revenue_minor,
        sum(returned_minor)::bigint as returned_minor
    from credit
    group by message_id, touchpoint_id, case when message_id is null then person_id end, person_id
),
seen as (
    select touchpoint_id, person_id, count(*) as visits
    from visit
    where touchpoint_id in (select unnest($reported::uuid[]))
    group by touchpoint_id, person_id
),
sent as (
    select
        m.id, m.person_id, m.touchpoint_id, m.state, m.reason, m.ended_at,
        m.state = 'accepted' and m.reason = 'bounced' as bounced,
        m.state = 'accepted' and m.reason <> 'bounced' as delivered,
        coalesce(h.opens, 0) as opens,
        coalesce(h.machine_opens, 0) as machine_opens,
        coalesce(h.clicks, 0) as clicks,
        coalesce(h.machine_clicks, 0) as machine_clicks,
        m.id in (select unnest($unsubscribed::bigint[])) as unsubscribed,
        coalesce(v.visits, 0) as visits,
        coalesce(e.conversions, 0) as conversions,
        coalesce(e.reversed, 0) as reversed,
        coalesce(e.revenue_minor, 0) as revenue_minor,
        coalesce(e.returned_minor, 0) as returned_minor
    from messages m
    left join hit h on h.message_id = m.id
    left join earned e on e.message_id = m.id
    left join seen v on v.touchpoint_id = m.touchpoint_id and v.person_id = m.person_id
    where m.workspace_id = $workspace and m.touchpoint_id in (select unnest($reported::uuid[]))
),
touched as (
    select
        null::bigint as id, p.person_id, p.touchpoint_id, 'touched' as state, '' as reason, null::timestamp as ended_at,
        false as bounced, false as delivered, 0 as opens, 0 as machine_opens, 0 as clicks, 0 as machine_clicks,
        false as unsubscribed, sum(visits)::bigint as visits, sum(conversions)::bigint as conversions,
        sum(reversed)::bigint as reversed, sum(revenue_minor)::bigint as revenue_minor,
        sum(returned_minor)::bigint as returned_minor
    from (
        select touchpoint_id, person_id, visits, 0 as conversions, 0 as reversed, 0 as revenue_minor, 0 as returned_minor
        from seen
        anti join sent using (touchpoint_id, person_id)
        union all
        select touchpoint_id, person_id, 0, conversions, reversed, revenue_minor, returned_minor
        from earned
        where message_id is null
    ) p
    group by p.touchpoint_id, p.person_id
),
told as (
    select
        unnest($told::uuid[]) as touchpoint_id, unnest($told_conversions::bigint[]) as conversions,
        unnest($told_revenue::bigint[]) as revenue_minor, unnest($told_at::timestamp[]) as ended_at
)
select * from sent
union all by name
select * from touched
union all by name
select
    touchpoint_id, 'told' as state, '' as reason, ended_at, false as bounced, false as delivered, 0 as opens, 0 as machine_opens,
    0 as clicks, 0 as machine_clicks, false as unsubscribed, 0 as visits, conversions, 0 as reversed, revenue_minor,
    0 as returned_minor
from told
