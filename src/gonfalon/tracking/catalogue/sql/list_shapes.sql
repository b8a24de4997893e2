-- The properties of one kind of event by how often they came, each type with whether it is unusual (see list_kinds).
-- Reads event_shapes by its primary key. Writes nothing.
select
    a.property, a.type, a.count, a.first_at, a.last_at, a.told_at,
    a.settled_at is null and exists (
        select from event_shapes b
        where b.kind_id = a.kind_id and b.property = a.property and b.type <> a.type and b.count >= 20
            and (b.count > a.count or b.first_at < a.first_at)
    ) as unusual
from event_shapes a
where a.kind_id = %(kind_id)s and a.workspace_id = %(workspace_id)s
order by sum(a.count) over (partition by a.property) desc, a.property, a.count desc
