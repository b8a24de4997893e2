-- What happened when: sent, opened, clicked, converted per step of time. Asked of the analytics copy (DuckDB).
-- $step: seconds, at most a quarter of an hour: every zone's hours and days begin at one (rules.by_step).
-- $touchpoint: only this one, null for all of them. Steps in which nothing happened are left out.
with moment as (
    select f.ended_at as "at", 'sent' as what, 1 as number from facts f
    where state = 'accepted' and ($touchpoint::uuid is null or touchpoint_id = $touchpoint)
    union all
    select h.at, case h.kind when 'click' then 'clicks' else 'opens' end, 1
    from hits h
    join facts f on f.id = h.message_id
    where h.workspace_id = $workspace and h.verdict = 'human' and h.kind in ('open', 'click')
        and ($touchpoint::uuid is null or f.touchpoint_id = $touchpoint)
    union all
    select c.at, 'conversions', 1 from credit c
    where not c.void and ($touchpoint::uuid is null or c.touchpoint_id = $touchpoint)
    union all  -- typed in: of the day on which it was carried out
    select f.ended_at, 'conversions', f.conversions from facts f
    where state = 'told' and ($touchpoint::uuid is null or touchpoint_id = $touchpoint)
)
select
    time_bucket(to_seconds($step::integer), m.at) as bucket,
    coalesce(sum(number) filter (where what = 'sent'), 0)::bigint,
    coalesce(sum(number) filter (where what = 'opens'), 0)::bigint,
    coalesce(sum(number) filter (where what = 'clicks'), 0)::bigint,
    coalesce(sum(number) filter (where what = 'conversions'), 0)::bigint
from moment m
where m.at >= $since
group by bucket
order by bucket
