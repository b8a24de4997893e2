-- Keeps what is newly told of people: values of attributes and values that no attribute holds yet, each a JSON object a
-- person. Who has them so already is not touched.
-- Writes people. Relies on the primary key; the ids come sorted.
with told as (
    select t.person_id, t.news::jsonb as news, t.undeclared::jsonb as undeclared
    from unnest(%(person_ids)s::bigint[], %(news)s::text[], %(undeclared)s::text[]) as t (person_id, news, undeclared)
),
locked as (
    select p.id, p.attributes || told.news as attributes, p.undeclared || told.undeclared as undeclared
    from people p
    join told on told.person_id = p.id
    where p.workspace_id = %(workspace_id)s and p.erased_at is null
        and (p.attributes || told.news <> p.attributes or p.undeclared || told.undeclared <> p.undeclared)
    order by p.id
    for update of p
)
update people p
set attributes = locked.attributes, undeclared = locked.undeclared, updated_at = now()
from locked
where p.id = locked.id
