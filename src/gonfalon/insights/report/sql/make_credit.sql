-- Who gets the credit for each conversion: at most one touchpoint, by the last qualifying touch across all campaigns of
-- the workspace that count the same event. Asked of the analytics copy (DuckDB) after make_rivals, make_worth,
-- make_visits and make_coded; makes two tables of the session.
-- $wanted: the events that count, $first_event, $last_event: the least and the greatest of them, which bound what is read.
-- $reported: the touchpoints asked about; only their people's conversions are looked at, and those of the same orders.
create temp table credit as
with involved as (
    select person_id from messages
    where workspace_id = $workspace and touchpoint_id in (select unnest($reported::uuid[]))
    union
    select person_id from visit where touchpoint_id in (select unnest($reported::uuid[]))
    union
    select person_id from coded where touchpoint_id in (select unnest($reported::uuid[]))
),
own as (
    select id, person_id, name, "at", amount_minor, order_id
    from events
    where workspace_id = $workspace
        and name between $first_event and $last_event
        and name in (select unnest($wanted::varchar[]))
        and coalesce(amount_minor, 0) >= 0
        and person_id in (select person_id from involved)
),
conversion as (
    select * from own
    union all
    select e.id, e.person_id, e.name, e.at, e.amount_minor, e.order_id
    from events e
    where e.workspace_id = $workspace
        and e.order_id in (select order_id from own where order_id is not null)
        and e.name in (select unnest($wanted::varchar[]))
        and coalesce(e.amount_minor, 0) >= 0
        and e.person_id not in (select person_id from involved)
),
sent as (
    select m.id, m.person_id, m.touchpoint_id, m.state, m.reason, m.ended_at, r.event, r.by_click, r.days
    from messages m
    join rival r on r.touchpoint_id = m.touchpoint_id
    where m.workspace_id = $workspace and m.person_id in (select person_id from conversion)
),
click as (
    select h.id, h.message_id, h.at, h.link_number
    from hits h
    where h.workspace_id = $workspace and h.kind = 'click' and h.verdict = 'human'
        and h.message_id in (select id from sent)
),
touch as (
    select s.id as message_id, s.person_id, s.touchpoint_id, s.event, s.days, s.ended_at as "at", 0 as strength, 0 as hit_id
    from sent s
    where not s.by_click and s.state = 'accepted' and s.reason <> 'bounced'
    union all
    select s.id, s.person_id, s.touchpoint_id, s.event, s.days, k.at, 0, k.id
    from sent s
    join click k on k.message_id = s.id
    where s.by_click
    union all
    select s.id, v.person_id, v.touchpoint_id, r.event, r.days, v.at, 1, 0
    from visit v
    join rival r on r.touchpoint_id = v.touchpoint_id
    left join sent s on s.touchpoint_id = v.touchpoint_id and s.person_id = v.person_id
    where v.person_id in (select person_id from conversion)
    union all
    select s.id, c.person_id, d.touchpoint_id, c.name, 0, c.at, 2, 0
    from conversion c
    join coded d on d.event_id = c.id
    left join sent s on s.touchpoint_id = d.touchpoint_id and s.person_id = c.person_id
),
credited as (
    select c.id as event_id, c.person_id, c.name, c.at, c.amount_minor, c.order_id, t.message_id, t.touchpoint_id
    from conversion c
    join touch t on t.person_id = c.person_id and t.event = c.name and t.at <= c.at and c.at <= t.at + to_days(t.days)
    qualify row_number() over (
        partition by c.id
        order by t.at desc, t.strength desc, t.message_id desc nulls last, t.hit_id desc, t.touchpoint_id desc
    ) = 1
),
once as (  -- an order told twice, by a browser and by a server say, is one
    select * from credited where order_id is null
    union all
    select * from credited where order_id is not null
    qualify row_number() over (partition by name, order_id order by "at", event_id) = 1
)
select
    d.event_id, d.person_id, d.at, d.message_id, d.touchpoint_id, coalesce(w.void, false) as void, w.unconverted,
    case when w.void then 0 when w.event_id is null then coalesce(d.amount_minor, 0) else w.kept_minor end as revenue_minor,
    case when w.event_id is null then 0 when w.void then w.full_minor else w.full_minor - w.kept_minor end as returned_minor,
    (
        select arg_max(k.link_number, struct_pack(at := k.at, id := k.id))
        from click k
        where k.message_id = d.message_id and k.at <= d.at
    ) as link_number
from once d
left join worth w on w.event_id = d.event_id
where d.touchpoint_id in (select unnest($reported::uuid[]))
