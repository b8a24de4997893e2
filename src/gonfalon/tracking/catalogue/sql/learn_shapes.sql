-- Adds the properties of new events by type: of the newest thousand of a kind, at most two hundred rows a kind.
-- Writes event_shapes by its primary key. Reads events by its primary key.
-- all workspaces: each event names its own.
with sampled as (
    select s.kind_id, s.workspace_id, s.received_at, s.properties
    from (
        select k.id as kind_id, e.workspace_id, e.received_at, e.properties,
            row_number() over (partition by k.id order by e.id desc) as place
        from events e
        join event_kinds k on k.workspace_id = e.workspace_id and k.name = e.name
        where e.id > %(after)s and e.id <= %(upto)s
    ) s
    where s.place <= 1000
),
shapes as (
    select s.kind_id, s.workspace_id, p.key as property,
        case jsonb_typeof(p.value) when 'string' then 'text' when 'array' then 'list' else jsonb_typeof(p.value) end as type,
        count(*) as count, min(s.received_at) as first_at, max(s.received_at) as last_at
    from sampled s
    cross join lateral jsonb_each(s.properties) p
    where jsonb_typeof(p.value) <> 'null' and length(p.key) between 1 and 200
    group by 1, 2, 3, 4
),
placed as (
    select s.*, o.kind_id is not null as known,
        row_number() over (
            partition by s.kind_id, o.kind_id is not null order by s.count desc, s.property, s.type
        ) + (select count(*) from event_shapes a where a.kind_id = s.kind_id) as place
    from shapes s
    left join event_shapes o on o.kind_id = s.kind_id and o.property = s.property and o.type = s.type
)
insert into event_shapes (kind_id, property, type, workspace_id, count, first_at, last_at)
select kind_id, property, type, workspace_id, count, first_at, last_at
from placed
where known or place <= 200
order by kind_id, property, type
on conflict (kind_id, property, type) do update
set count = event_shapes.count + excluded.count, last_at = greatest(event_shapes.last_at, excluded.last_at)
