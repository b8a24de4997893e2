-- What people sent to did within the campaign's days, and what people held out did in theirs: no crediting. What was
-- cancelled or paid back did not happen, an order told twice is one. Asked of the analytics copy (DuckDB) after
-- make_facts. The row with an empty event is the group itself. $names: only these events, all of them when empty.
-- $touchpoints, $windows: those compared, and the days of their campaigns.
with compared as (
    select unnest($touchpoints::uuid[]) as touchpoint_id, unnest($windows::integer[]) as days
),
member as (
    select
        f.touchpoint_id, f.person_id, f.ended_at, c.days,
        case when f.state = 'withheld' then 'held_out' else 'sent_to' end as side
    from facts f
    join compared c on c.touchpoint_id = f.touchpoint_id
    where f.state in ('accepted', 'rejected', 'unknown') or (f.state = 'withheld' and f.reason = 'holdout')
),
happened as (
    select
        m.touchpoint_id, m.side, e.name, e.person_id,
        case when w.event_id is null then coalesce(e.amount_minor, 0) else w.kept_minor end as amount_minor
    from member m
    join events e on e.person_id = m.person_id and e.at >= m.ended_at and e.at <= m.ended_at + to_days(m.days)
    left join worth w on w.event_id = e.id
    where e.workspace_id = $workspace
        and (len($names::varchar[]) = 0 or e.name in (select unnest($names::varchar[])))
        and e.name not in (select unnest($reversals::varchar[]))
        and coalesce(e.amount_minor, 0) >= 0
        and not coalesce(w.void, false)
    qualify e.order_id is null or row_number() over (
        partition by m.touchpoint_id, m.side, e.person_id, e.name, e.order_id order by e.at, e.id
    ) = 1
),
by_person as (
    select touchpoint_id, side, name, person_id, count(*) as events, sum(amount_minor)::bigint as amount_minor
    from happened
    group by all
)
select
    touchpoint_id, side, '' as event, count(distinct person_id) as people, 0 as events, 0 as amount_minor,
    0.0 as events_squared, 0.0 as amount_squared
from member
group by touchpoint_id, side
union all
select
    touchpoint_id, side, name, count(*), sum(events)::bigint, sum(amount_minor)::bigint,
    sum(events::double * events), sum(amount_minor::double * amount_minor)
from by_person
group by touchpoint_id, side, name
