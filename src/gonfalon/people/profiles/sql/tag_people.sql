-- Gives and takes tags; a person's tags stay sorted and without doubles. Whoever has them already is not written.
-- Writes people, tags. Relies on people's primary key. Answers the ids of those changed.
with named as (
    insert into tags (workspace_id, name)
    select %(workspace_id)s, name from unnest(%(add)s::text[]) as t (name)
    on conflict do nothing
)
update people p
set tags = n.tags, updated_at = now()
from people o
cross join lateral (
    select coalesce(array_agg(distinct t.tag order by t.tag), '{}') as tags
    from unnest(o.tags || %(add)s::text[]) as t (tag)
    where t.tag <> all (%(remove)s::text[])
) n
where o.id = any (%(person_ids)s::bigint[]) and o.workspace_id = %(workspace_id)s and o.erased_at is null
    and p.id = o.id and n.tags <> o.tags
returning p.id
