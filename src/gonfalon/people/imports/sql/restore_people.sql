-- Puts back what an import changed in people, where it is still as the import left it. An address, number or id that
-- somebody else has by now stays with them. partly: people of whom something else stands there by now; taken: who lost
-- an identity to somebody else. Writes people. Relies on the primary keys of people and import_changes.
with wanted as (
    select
        p.id, p.email, p.phone, p.external_id, p.attributes, p.tags, k.before, k.after,
        k.after ? 'email' and p.email is not distinct from k.after ->> 'email' as email_still,
        k.after ? 'phone' and p.phone is not distinct from k.after ->> 'phone' as phone_still,
        k.after ? 'external_id' and p.external_id is not distinct from k.after ->> 'external_id' as external_id_still,
        a.keys, a.put_back, a.count as attributes_still, t.tags as tags_still
    from import_changes k
    join people p on p.id = k.person_id and p.workspace_id = %(workspace_id)s and p.erased_at is null
    cross join lateral (
        select
            coalesce(array_agg(e.key), '{}') as keys, count(*) as count,
            coalesce(
                jsonb_object_agg(e.key, k.before -> 'attributes' -> e.key)
                    filter (where k.before -> 'attributes' -> e.key <> 'null'), '{}'
            ) as put_back
        from jsonb_each(k.after -> 'attributes') e
        where p.attributes -> e.key = e.value
    ) a
    cross join lateral (
        select coalesce(array_agg(tag), '{}') as tags
        from jsonb_array_elements_text(k.after -> 'tags') as tag
        where tag = any (p.tags)
    ) t
    where k.import_id = %(import_id)s and k.workspace_id = %(workspace_id)s
    for update of p
),
free as (
    select
        w.*,
        w.email_still and exists (
            select from people o
            where o.workspace_id = %(workspace_id)s and o.email = w.before ->> 'email' and o.id <> w.id
        ) as email_taken,
        w.phone_still and exists (
            select from people o
            where o.workspace_id = %(workspace_id)s and o.phone = w.before ->> 'phone' and o.id <> w.id
        ) as phone_taken,
        w.external_id_still and exists (
            select from people o
            where o.workspace_id = %(workspace_id)s and o.external_id = w.before ->> 'external_id' and o.id <> w.id
        ) as external_id_taken
    from wanted w
),
put as (
    update people p
    set email = case when f.email_still and not f.email_taken then f.before ->> 'email' else p.email end,
        phone = case when f.phone_still and not f.phone_taken then f.before ->> 'phone' else p.phone end,
        external_id = case when f.external_id_still and not f.external_id_taken then f.before ->> 'external_id'
            else p.external_id end,
        attributes = (p.attributes - f.keys) || f.put_back,
        tags = array(select t from unnest(p.tags) as t where t <> all (f.tags_still) order by t),
        updated_at = now()
    from free f
    where p.id = f.id
),
counted as (
    select
        email_taken or phone_taken or external_id_taken as taken,
        (after ? 'email' and not email_still) or (after ? 'phone' and not phone_still)
        or (after ? 'external_id' and not external_id_still)
        or attributes_still < (select count(*) from jsonb_object_keys(after -> 'attributes'))
        or cardinality(tags_still) < coalesce(jsonb_array_length(after -> 'tags'), 0) as partly
    from free
)
select
    count(*) filter (where not taken and not partly) as restored,
    count(*) filter (where partly) as partly,
    count(*) filter (where taken) as taken
from counted
