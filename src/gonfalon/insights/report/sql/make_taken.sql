-- What refunds and cancellations take back, a row for each order's event they are of. Asked of the analytics copy (DuckDB)
-- after make_bought; makes a table of the session. $reversals, $cancellations: names of events.
-- counts: once however often it is told (by its refund_id, else by instant, amount and products), and not when the order
-- was said anew after it, which has taken it off already; a cancellation counts whatever is said later.
-- whole: it is of all of the order: a cancellation, and what names neither amount nor products. Products are worth their
-- own price, else the order's; an amount without a currency is in that of the order. minor: in the order's currency, or
-- where it names another in the workspace's ($currency) by $rate_… of its own day; null where that cannot be known.
-- $fine, $digits: currencies whose minor unit is not a hundredth, $home_digits: how fine the workspace's is.
create temp table taken as
with rate as (
    select
        unnest($rate_currencies::varchar[]) as currency, unnest($rate_since::timestamp[]) as since,
        unnest($rate_factors::decimal(20, 12)[]) as factor
),
minor as (
    select unnest($fine::varchar[]) as currency, unnest($digits::integer[]) as digits
),
told as (
    select
        id, order_id, "at", name, abs(amount_minor) as amount_minor, properties -> '$.products' as products,
        case
            when currency <> $currency or coalesce(
                properties ->> '$.currency', properties ->> '$.currencyCode', properties ->> '$.currency_code'
            ) is not null then currency
        end as currency,
        row_number() over (
            partition by order_id, name, coalesce(
                properties ->> '$.refund_id', properties ->> '$.refundId',
                concat_ws('|', "at", amount_minor, properties ->> '$.products')
            )
            order by id
        ) = 1 as first
    from events
    where workspace_id = $workspace and order_id is not null
        and (name in (select unnest($reversals::varchar[])) or amount_minor < 0)
),
item as (
    select
        id, order_id, bought, coalesce(p.product_id, p.sku) as product, p.sku,
        abs(try_cast(coalesce(p.quantity, '1') as decimal(12, 2))) as quantity,
        abs(coalesce(try_cast(p.price as decimal(18, 4)), try_cast(  -- else as people write it: “1.234,50 €”
            case
                when regexp_matches(p.price, ',[0-9]{1,2}[^0-9]*$')
                    then replace(regexp_replace(p.price, '[^0-9,]', '', 'g'), ',', '.')
                else regexp_replace(p.price, '[^0-9.]', '', 'g')
            end as decimal(18, 4)
        ))) as price
    from (
        select id, order_id, bought, unnest(from_json(
            products, '[{"product_id": "VARCHAR", "sku": "VARCHAR", "price": "VARCHAR", "quantity": "VARCHAR"}]'
        )) as p
        from (
            select id, order_id, products, false as bought from told where amount_minor is null
            union all
            select id, order_id, products, true from bought
        )
    )
),
price as (
    select order_id, name, max(price) as price
    from (
        select order_id, product as name, price from item where bought
        union all
        select order_id, sku, price from item where bought
    )
    where name is not null
    group by order_id, name
),
returned as (
    select
        i.id, count(*) as products,
        sum(coalesce(i.price, f.price, s.price) * coalesce(i.quantity, 1)) as amount
    from item i
    left join price f on f.order_id = i.order_id and f.name = i.product
    left join price s on s.order_id = i.order_id and s.name = i.sku
    where not i.bought
    group by i.id
),
back as (
    select
        t.*, r.amount as of_products, f.factor, coalesce(m.digits, 2) as digits,
        list_contains($cancellations::varchar[], t.name) as cancelled,
        cancelled or (t.amount_minor is null and coalesce(r.products, 0) = 0) as whole
    from told t
    left join returned r on r.id = t.id
    asof left join rate f on f.currency = coalesce(t.currency, $currency) and t.at >= f.since
    left join minor m on m.currency = t.currency
)
select
    b.id, o.id as event_id, b.first and (b.cancelled or o.anew is null or b.at >= o.anew) as counts, b.whole, coalesce(b.currency, o.currency) <> o.currency as other,
    case
        when b.currency is null then try(round_even(
            coalesce(b.amount_minor * power(10, coalesce(m.digits, 2) - $home_digits),
            b.of_products * power(10, coalesce(m.digits, 2))), 0
        )::bigint)
        when b.currency = o.currency
            then coalesce(b.amount_minor, try(round_even(b.of_products * power(10, b.digits), 0)::bigint))
        else try(round_even(
            coalesce(b.amount_minor, b.of_products * power(10, b.digits))::decimal(18, 0) * b.factor, 0
        )::bigint)
    end as minor
from back b
join bought o on o.order_id = b.order_id
left join minor m on m.currency = o.currency
