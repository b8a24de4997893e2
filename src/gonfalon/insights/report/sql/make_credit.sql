-- Who gets the credit for each conversion: at most one message, by the last qualifying touch across all campaigns
-- of the workspace that count the same event. Asked of the analytics copy (DuckDB); makes a table of the session.
-- $rivals, $events, $by_click, $days: every launched touchpoint that competes, for which event, by which basis, how long.
-- $first_event, $last_event: the least and the greatest of those events, which bound what is read.
-- $reported: the touchpoints asked about; only their people's conversions are looked at.
create temp table credit as
with rival as (
    select
        unnest($rivals::uuid[]) as touchpoint_id,
        unnest($events::varchar[]) as event,
        unnest($by_click::boolean[]) as by_click,
        unnest($days::integer[]) as days
),
conversion as (
    select e.id, e.person_id, e.name, e.at, e.amount_minor, e.currency
    from events e
    where e.workspace_id = $workspace
        and e.name between $first_event and $last_event
        and e.name in (select event from rival)
        and e.person_id in (
            select person_id from messages
            where workspace_id = $workspace and touchpoint_id in (select unnest($reported::uuid[]))
        )
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
    select s.id as message_id, s.person_id, s.touchpoint_id, s.event, s.days, s.ended_at as at, 0 as hit_id
    from sent s
    where not s.by_click and s.state = 'accepted' and s.reason <> 'bounced'
    union all
    select s.id, s.person_id, s.touchpoint_id, s.event, s.days, k.at, k.id
    from sent s
    join click k on k.message_id = s.id
    where s.by_click
),
credited as (
    select c.id as event_id, c.person_id, c.at, c.amount_minor, c.currency, t.message_id, t.touchpoint_id
    from conversion c
    join touch t on t.person_id = c.person_id and t.event = c.name and t.at <= c.at and c.at <= t.at + to_days(t.days)
    qualify row_number() over (partition by c.id order by t.at desc, t.message_id desc, t.hit_id desc) = 1
)
select
    d.event_id, d.person_id, d.at, d.message_id, d.touchpoint_id,
    case when d.currency is null or d.currency = $currency then coalesce(d.amount_minor, 0) else 0 end as revenue_minor,
    coalesce(d.currency <> $currency, false) as foreign_currency,
    (
        select arg_max(k.link_number, struct_pack(at := k.at, id := k.id))
        from click k
        where k.message_id = d.message_id and k.at <= d.at
    ) as link_number
from credited d
where d.touchpoint_id in (select unnest($reported::uuid[]))
