-- Gives and takes tags; a person's tags stay sorted and without doubles. Whoever has them already is not written.
-- {people} becomes the query of their ids. Erased people and other workspaces' people are left out.
-- Writes people, tags. Relies on people's primary key. The rows changed are counted.
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
where o.id in ({people}) and o.workspace_id = %(workspace_id)s and o.erased_at is null
    and p.id = o.id and n.tags <> o.tags
