-- The catalogue of a workspace by name, with what of each is not as usual.
-- An event has stopped when it has been silent for twice its longest pause of the last 28 days, and for six hours at
-- least. Only events that came twenty times, on three days or more of those, have a rhythm that can be broken.
-- A property is unusual where it came as another type than the one that twenty or more had, and nobody has settled it.
-- Reads event_kinds by its unique names, days and shapes by their primary keys. Writes nothing.
select
    k.id, k.workspace_id, k.name, k.owner_id, u.name as owner_name, k.description, k.first_at, k.last_at, k.count, k.told_at,
    k.version, coalesce(
        d.count >= 20 and d.days >= 3
        and k.last_at < now() - make_interval(secs => greatest(2 * d.longest_pause, 6 * 3600)), false
    ) as stopped,
    d.longest_pause, coalesce(d.count, 0) as recent, coalesce(s.unusual, 0) as unusual
from event_kinds k
left join users u on u.id = k.owner_id
left join lateral (
    select sum(e.count)::bigint as count, count(*) as days, max(e.longest_pause) as longest_pause
    from event_days e
    where e.kind_id = k.id and e.workspace_id = k.workspace_id and e.day > (now() at time zone 'UTC')::date - 28
) d on true
left join lateral (
    select count(*) as unusual
    from event_shapes a
    where a.kind_id = k.id and a.workspace_id = k.workspace_id and a.settled_at is null
        and exists (
            select from event_shapes b
            where b.kind_id = a.kind_id and b.property = a.property and b.type <> a.type and b.count >= 20
                and (b.count > a.count or b.first_at < a.first_at)
        )
) s on true
where k.workspace_id = %(workspace_id)s and (%(kind_id)s::uuid is null or k.id = %(kind_id)s)
order by lower(k.name), k.name
limit 1000
