-- Makes the person of an undone merge somebody again, as they were. An identity that somebody has by now stays there.
-- Writes people. Runs after return_kept.sql, which sets the identities free. Relies on the unique indexes of people.
with g as (
    select * from person_merges where id = %(merge_id)s and workspace_id = %(workspace_id)s
)
update people p
set email = case when not exists (
        select from people o where o.workspace_id = g.workspace_id and o.email = g.before -> 'gone' ->> 'email'
    ) then g.before -> 'gone' ->> 'email' end,
    phone = case when not exists (
        select from people o where o.workspace_id = g.workspace_id and o.phone = g.before -> 'gone' ->> 'phone'
    ) then g.before -> 'gone' ->> 'phone' end,
    external_id = case when not exists (
        select from people o
        where o.workspace_id = g.workspace_id and o.external_id = g.before -> 'gone' ->> 'external_id'
    ) then g.before -> 'gone' ->> 'external_id' end,
    attributes = g.before -> 'gone' -> 'attributes',
    undeclared = g.before -> 'gone' -> 'undeclared',
    tags = array(select jsonb_array_elements_text(g.before -> 'gone' -> 'tags')),
    tracking_consent = (g.before -> 'gone' ->> 'tracking_consent')::boolean,
    created_at = (g.before -> 'gone' ->> 'created_at')::timestamptz,
    erased_at = null, merged_into = null, updated_at = now()
from g
where p.id = g.gone_id and p.workspace_id = g.workspace_id and p.merged_into = g.kept_id
