-- Merges attributes into people: JSON objects in which null forgets. Who has them so already is not touched.
-- Writes: people.attributes, updated_at. Answers the ids changed. Relies on the primary key; the ids come sorted.
with told as (
    select t.person_id, t.news::jsonb as news
    from unnest(%(person_ids)s::bigint[], %(news)s::text[]) as t (person_id, news)
), locked as (
    select p.id, jsonb_strip_nulls(p.attributes || told.news) as attributes
    from people p
    join told on told.person_id = p.id
    where p.workspace_id = %(workspace_id)s
      and p.erased_at is null
      and jsonb_strip_nulls(p.attributes || told.news) <> p.attributes
    order by p.id
    for update of p
)
update people p
set attributes = locked.attributes, updated_at = now()
from locked
where p.id = locked.id
returning p.id
