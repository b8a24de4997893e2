-- What events are worth that are not simply worth their amount: those in other currencies, and those whose order was
-- updated, cancelled or paid back. Asked of the analytics copy (DuckDB) after make_bought and make_taken; makes a table of
-- the session. What was taken back lowers what the order brought at the order's own rate, and never below nothing.
-- $rate_…: from an instant on, what a minor unit of a currency is worth in minor units of the workspace's ($currency).
create temp table worth as
with rate as (
    select
        unnest($rate_currencies::varchar[]) as currency, unnest($rate_since::timestamp[]) as since,
        unnest($rate_factors::decimal(20, 12)[]) as factor
),
priced as (
    select o.*, r.factor
    from (
        select id, "at", amount_minor, currency from bought
        union all
        select id, "at", amount_minor, currency
        from events
        where workspace_id = $workspace and currency <> $currency and amount_minor >= 0
            and id not in (select id from bought)
    ) o
    asof left join rate r on r.currency = o.currency and o.at >= r.since
),
lowered as (
    select
        event_id, bool_or(whole) as whole, coalesce(sum(minor) filter (where not other), 0) as same_minor,
        coalesce(sum(minor) filter (where other), 0) as other_minor
    from taken
    where counts
    group by event_id
),
valued as (
    select
        o.id, o.currency, o.amount_minor,
        case when o.currency = $currency then o.amount_minor
            else try(round_even(o.amount_minor::decimal(18, 0) * o.factor, 0)::bigint) end as full_minor,
        case when o.currency = $currency then greatest(o.amount_minor - coalesce(l.same_minor, 0), 0)
            else try(round_even(
                greatest(o.amount_minor - coalesce(l.same_minor, 0), 0)::decimal(18, 0) * o.factor, 0
            )::bigint) end - coalesce(l.other_minor, 0) as kept_minor,
        coalesce(l.whole, false) as whole, coalesce(l.same_minor, 0) as same_minor,
        coalesce(l.other_minor, 0) as other_minor
    from priced o
    left join lowered l on l.event_id = o.id
)
select
    id as event_id,
    whole or (amount_minor > 0 and (same_minor >= amount_minor or (other_minor > 0 and coalesce(kept_minor <= 0, false))))
        as void,
    greatest(coalesce(kept_minor, 0), 0) as kept_minor,
    coalesce(full_minor, 0) as full_minor,
    case when amount_minor is not null and full_minor is null then currency end as unconverted
from valued
