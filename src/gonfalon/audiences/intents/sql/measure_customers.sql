-- The limits between the fifths of a workspace's customers: by last purchase, number of purchases and their sum.
-- Runs in PostgreSQL and in the analytics copy alike. Reads only; one pass over the workspace's purchases.
with c as (
    select e.person_id, max(e.at) as recency, count(*) as frequency, coalesce(sum(e.amount_minor), 0) as monetary
    from events e
    where e.workspace_id = %(workspace)s and e.person_id is not null
        and e.name in (select unnest(%(names)s::text[]))
    group by e.person_id
)
select count(*) as customers,
    percentile_disc(0.2) within group (order by recency) as recency_1,
    percentile_disc(0.4) within group (order by recency) as recency_2,
    percentile_disc(0.6) within group (order by recency) as recency_3,
    percentile_disc(0.8) within group (order by recency) as recency_4,
    percentile_disc(0.2) within group (order by frequency) as frequency_1,
    percentile_disc(0.4) within group (order by frequency) as frequency_2,
    percentile_disc(0.6) within group (order by frequency) as frequency_3,
    percentile_disc(0.8) within group (order by frequency) as frequency_4,
    cast(percentile_disc(0.2) within group (order by monetary) as bigint) as monetary_1,
    cast(percentile_disc(0.4) within group (order by monetary) as bigint) as monetary_2,
    cast(percentile_disc(0.6) within group (order by monetary) as bigint) as monetary_3,
    cast(percentile_disc(0.8) within group (order by monetary) as bigint) as monetary_4
from c
