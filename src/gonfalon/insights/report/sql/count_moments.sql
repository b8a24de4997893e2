-- What happened when: sent, opened, clicked, converted per step of time. Asked of the analytics copy (DuckDB).
-- $step: seconds. Steps in which nothing happened are left out.
with moment as (
    select f.ended_at as at, 'sent' as what from facts f where state = 'accepted'
    union all
    select h.at, case h.kind when 'click' then 'clicks' else 'opens' end
    from hits h
    join facts f on f.id = h.message_id
    where h.workspace_id = $workspace and h.verdict = 'human'
    union all
    select c.at, 'conversions' from credit c
)
select
    time_bucket(to_seconds($step::integer), m.at) as bucket,
    count(*) filter (where what = 'sent'),
    count(*) filter (where what = 'opens'),
    count(*) filter (where what = 'clicks'),
    count(*) filter (where what = 'conversions')
from moment m
where m.at >= $since
group by bucket
order by bucket
