-- What people sent to did within the campaign's days, and what people held out did in theirs: no crediting.
-- Asked of the analytics copy (DuckDB) after make_facts. The row with an empty event is the group itself.
with member as (
    select touchpoint_id, person_id, ended_at, case when state = 'withheld' then 'held_out' else 'sent_to' end as side
    from facts
    where state in ('accepted', 'rejected', 'unknown') or (state = 'withheld' and reason = 'holdout')
),
happened as (
    select m.touchpoint_id, m.side, e.name, e.person_id, e.amount_minor, e.currency
    from member m
    join events e on e.person_id = m.person_id and e.at >= m.ended_at and e.at <= m.ended_at + to_days($window)
    where e.workspace_id = $workspace
)
select touchpoint_id, side, '' as event, count(distinct person_id) as people, 0 as events, 0 as amount_minor
from member
group by touchpoint_id, side
union all
select
    touchpoint_id, side, name, count(distinct person_id), count(*),
    coalesce(sum(amount_minor) filter (where currency is null or currency = $currency), 0)::bigint
from happened
group by touchpoint_id, side, name
