-- Orders that something changed afterwards: a refund, a cancellation or an update. Asked of the analytics copy (DuckDB);
-- makes a table of the session. $reversals, $updates: names of events. $currency: the workspace's, $home_digits: how fine
-- it is, $fine, $digits: currencies whose minor unit is not a hundredth.
-- The newest update says the order anew: its amount and products count instead, on the order's own day; its amount is in
-- the order's currency unless it names another. anew: since when the order is worth what it is said to be now, the newest
-- update that names another amount than was told before it; one that repeats the amount says nothing of money.
create temp table bought as
with minor as (
    select unnest($fine::varchar[]) as currency, unnest($digits::integer[]) as digits
),
said as (
    select
        id, order_id, name, "at", amount_minor, properties -> '$.products' as products,
        case
            when currency <> $currency or coalesce(
                properties ->> '$.currency', properties ->> '$.currencyCode', properties ->> '$.currency_code'
            ) is not null then currency
        end as currency
    from events
    where workspace_id = $workspace
        and order_id in (
            select order_id from events
            where workspace_id = $workspace and order_id is not null
                and (name in (select unnest($reversals::varchar[] || $updates::varchar[])) or amount_minor < 0)
        )
        and name not in (select unnest($reversals::varchar[])) and coalesce(amount_minor, 0) >= 0
),
renewed as (
    select order_id, max("at") as anew
    from (
        select
            order_id, "at", name,
            (amount_minor, currency) is distinct from lag((amount_minor, currency)) over (
                partition by order_id order by "at", id
            ) as other
        from said
        where amount_minor is not null
    )
    where other and name in (select unnest($updates::varchar[]))
    group by order_id
),
updated as (
    select * from said
    where name in (select unnest($updates::varchar[])) and amount_minor is not null
    qualify row_number() over (partition by order_id order by "at" desc, id desc) = 1
)
select
    s.id, s.order_id, s.at, r.anew, coalesce(u.currency, s.currency, $currency) as currency,
    case
        when u.id is null then s.amount_minor
        when u.currency is not null then u.amount_minor
        else try(round_even(u.amount_minor * power(10, coalesce(m.digits, 2) - $home_digits), 0)::bigint)
    end as amount_minor,
    coalesce(u.products, s.products) as products
from said s
left join updated u on u.order_id = s.order_id
left join renewed r on r.order_id = s.order_id
left join minor m on m.currency = coalesce(s.currency, $currency)
