-- Puts what import_edits says into people who are known, over what they have by now. Writes people. Relies on people's
-- primary key.
-- all workspaces: the temporary table holds people of the import's workspace only (match_people found them there).
update people p
set email = coalesce(e.after ->> 'email', p.email),
    phone = coalesce(e.after ->> 'phone', p.phone),
    external_id = coalesce(e.after ->> 'external_id', p.external_id),
    attributes = p.attributes || coalesce(e.after -> 'attributes', '{}'),
    tags = case when e.after ? 'tags' then array(
        select distinct t
        from unnest(p.tags || array(select jsonb_array_elements_text(e.after -> 'tags'))) as t
        order by t
    ) else p.tags end,
    updated_at = now()
from import_edits e
where p.id = e.person_id and p.erased_at is null
