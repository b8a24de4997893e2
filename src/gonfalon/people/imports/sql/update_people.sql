-- Puts the file's values into people who are known: `overwrite` says whose value counts where both have one.
-- Who has them all already is not written. Writes people. Relies on people's primary key.
-- all workspaces: the temporary table holds people of the import's workspace only (match_people found them there).
update people p
set email = n.email, phone = n.phone, external_id = n.external_id, attributes = n.attributes, tags = n.tags,
    updated_at = now()
from import_people i
join people o on o.id = i.person_id
cross join lateral (
    select %(tags)s::text[] || array(select jsonb_array_elements_text(coalesce(i.tags, '[]'))) as tags
) given
cross join lateral (
    select
        case when %(overwrite)s then coalesce(i.email, o.email) else coalesce(o.email, i.email) end as email,
        case when %(overwrite)s then coalesce(i.phone, o.phone) else coalesce(o.phone, i.phone) end as phone,
        case when %(overwrite)s then coalesce(i.external_id, o.external_id)
            else coalesce(o.external_id, i.external_id) end as external_id,
        case when %(overwrite)s then o.attributes || i.attributes else i.attributes || o.attributes end as attributes,
        case when o.tags @> given.tags then o.tags
            else (select array_agg(distinct t order by t) from unnest(o.tags || given.tags) as t) end as tags
) n
where not i.is_new and i.fault is null and p.id = o.id and p.erased_at is null
    and (o.email, o.phone, o.external_id, o.attributes, o.tags)
        is distinct from (n.email, n.phone, n.external_id, n.attributes, n.tags)
