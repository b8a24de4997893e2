-- Gives the person who stays the values that were chosen of the other one. Writes people.
update people p
set attributes = p.attributes || (
    select coalesce(jsonb_object_agg(e.key, e.value), '{}')
    from jsonb_each(g.before -> 'gone' -> 'attributes') e
    where e.key = any (%(keys)s::text[])
), updated_at = now()
from person_merges g
where g.id = %(merge_id)s and g.workspace_id = %(workspace_id)s and p.id = g.kept_id and p.workspace_id = g.workspace_id
