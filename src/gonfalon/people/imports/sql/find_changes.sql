-- What an import changes in people who are known: only what differs, as it will be (after) and as it is (before).
-- filled: attributes that are only filled where the person has none; fill_email, fill_phone and fill_external_id the same
-- of the identities. Whom nothing changes of is left out, and told by one comparison of their attributes.
-- Makes the temporary table import_edits. Relies on people's primary key.
-- all workspaces: the temporary table holds people of the import's workspace only (match_people found them there).
create temp table import_edits on commit drop as
select
    i.line, i.person_id,
    jsonb_strip_nulls(jsonb_build_object(
        'email', n.email, 'phone', n.phone, 'external_id', n.external_id, 'attributes', a.after, 'tags', t.tags
    )) as after,
    jsonb_strip_nulls(jsonb_build_object(
        'email', case when n.email is not null then o.email end,
        'phone', case when n.phone is not null then o.phone end,
        'external_id', case when n.external_id is not null then o.external_id end
    )) || case when a.after is not null then jsonb_build_object('attributes', a.before) else '{}' end as before
from import_people i
join people o on o.id = i.person_id and o.erased_at is null
cross join lateral (
    select
        case when i.email <> o.email and not %(fill_email)s or o.email is null then i.email end as email,
        case when i.phone <> o.phone and not %(fill_phone)s or o.phone is null then i.phone end as phone,
        case when i.external_id <> o.external_id and not %(fill_external_id)s or o.external_id is null
            then i.external_id end as external_id
) n
left join lateral (
    select jsonb_object_agg(e.key, e.value) as after, jsonb_object_agg(e.key, o.attributes -> e.key) as before
    from jsonb_each(i.attributes) e
    where o.attributes -> e.key is distinct from e.value
        and (not o.attributes ? e.key or e.key <> all (%(filled)s::text[]))
) a on not o.attributes @> i.attributes
cross join lateral (
    select array_agg(distinct each.tag order by each.tag) as tags
    from (
        select unnest(%(tags)s::text[]) as tag
        union all
        select jsonb_array_elements_text(i.tags)
    ) each
    where each.tag <> all (o.tags)
) t
where not i.is_new and i.fault is null
    and (n.email, n.phone, n.external_id, a.after, t.tags) is distinct from (null, null, null, null, null)
