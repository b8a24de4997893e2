-- The properties of a workspace's events with one name and what kind of value each mostly has, the commonest first:
-- "total", and for lists "tags[]" and "products[].sku". Of 2,000 such events among the newest 200,000.
-- Reads: events, backwards along the primary key.
with told as (
    select properties
    from (
        select name, properties from events where workspace_id = %(workspace_id)s order by id desc limit 200000
    ) newest
    where name = %(event)s
    limit 2000
),
plain as (
    select p.key, p.value from told cross join jsonb_each(told.properties) p
),
items as (
    select plain.key || '[]' as key, i.value
    from plain
    cross join jsonb_array_elements(case when jsonb_typeof(plain.value) = 'array' then plain.value else '[]' end) i
),
members as (
    select items.key || '.' || m.key as key, m.value
    from items
    cross join jsonb_each(case when jsonb_typeof(items.value) = 'object' then items.value else '{}' end) m
)
select key as property, (array_agg(kind order by number desc))[1] as type, sum(number) as number
from (
    select key, case jsonb_typeof(value) when 'string' then 'text' else jsonb_typeof(value) end as kind, count(*) as number
    from (select * from plain union all select * from items union all select * from members) whole
    where jsonb_typeof(value) in ('string', 'number', 'boolean') and length(key) <= 200
    group by 1, 2
) kinds
group by key
order by 3 desc, 1
limit 300
