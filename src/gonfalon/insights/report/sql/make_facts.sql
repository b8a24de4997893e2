-- One row per message of the reported touchpoints, with everything metrics count (metrics/catalogue.py).
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
        message_id,
        count(*) as conversions,
        sum(revenue_minor)::bigint as revenue_minor,
        count(*) filter (where foreign_currency) as foreign_conversions
    from credit
    group by message_id
)
select
    m.id, m.person_id, m.touchpoint_id, m.state, m.reason, m.ended_at,
    m.state = 'accepted' and m.reason = 'bounced' as bounced,
    m.state = 'accepted' and m.reason <> 'bounced' as delivered,
    coalesce(h.opens, 0) as opens,
    coalesce(h.machine_opens, 0) as machine_opens,
    coalesce(h.clicks, 0) as clicks,
    coalesce(h.machine_clicks, 0) as machine_clicks,
    m.id in (select unnest($unsubscribed::bigint[])) as unsubscribed,
    coalesce(e.conversions, 0) as conversions,
    coalesce(e.revenue_minor, 0) as revenue_minor,
    coalesce(e.foreign_conversions, 0) as foreign_conversions
from messages m
left join hit h on h.message_id = m.id
left join earned e on e.message_id = m.id
where m.workspace_id = $workspace and m.touchpoint_id in (select unnest($reported::uuid[]))
