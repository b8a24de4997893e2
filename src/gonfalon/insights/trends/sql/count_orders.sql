-- What orders brought, a quarter of an hour a row: every zone's days begin at one. Refunds lower the order's own moment.
-- An order told twice is one. Asked of the analytics copy (DuckDB), behind make_worth.sql. $names: events that are orders.
with told as (
    select id, "at", amount_minor
    from events
    where workspace_id = $workspace and name in (select unnest($names::varchar[])) and "at" >= $since
        and coalesce(amount_minor, 0) >= 0
    qualify order_id is null or row_number() over (partition by name, order_id order by "at", id) = 1
)
select
    time_bucket(interval 15 minutes, e.at) as bucket,
    sum(case when w.event_id is null then coalesce(e.amount_minor, 0) else w.kept_minor end)::bigint as minor,
    count(*) as orders,
    count(w.unconverted) as unconverted
from told e
left join worth w on w.event_id = e.id
where not coalesce(w.void, false)
group by bucket
order by bucket
