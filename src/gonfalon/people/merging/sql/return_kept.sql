-- Takes from the person who stays what a merge had given them, where it is still so: identities, attributes, tags.
-- Writes people, identities. The caller holds both rows.
with g as (
    select * from person_merges where id = %(merge_id)s and workspace_id = %(workspace_id)s
),
beside as (
    -- What the other one was first known by had been kept beside.
    delete from identities i
    using g
    where i.person_id = g.kept_id and i.workspace_id = g.workspace_id
        and (i.kind, i.value) in (
            ('email', g.before -> 'gone' ->> 'email'), ('phone', g.before -> 'gone' ->> 'phone'),
            ('external', g.before -> 'gone' ->> 'external_id')
        )
)
update people p
set email = case when p.email = g.before -> 'gone' ->> 'email' then g.before -> 'kept' ->> 'email' else p.email end,
    phone = case when p.phone = g.before -> 'gone' ->> 'phone' then g.before -> 'kept' ->> 'phone' else p.phone end,
    external_id = case when p.external_id = g.before -> 'gone' ->> 'external_id'
        then g.before -> 'kept' ->> 'external_id' else p.external_id end,
    attributes = (p.attributes - a.keys) || a.put_back,
    undeclared = (p.undeclared - u.keys),
    tags = array(
        select t from unnest(p.tags) t
        where g.before -> 'kept' -> 'tags' ? t or not g.before -> 'gone' -> 'tags' ? t
        order by t
    ),
    tracking_consent = case
        when exists (
            select from consent_proofs c
            where c.person_id = p.id and c.workspace_id = p.workspace_id and c.channel = 'tracking'
                and c.recorded_at > g.at
        ) then p.tracking_consent
        else (g.before -> 'kept' ->> 'tracking_consent')::boolean
    end,
    created_at = (g.before -> 'kept' ->> 'created_at')::timestamptz,
    updated_at = now()
from g
cross join lateral (
    select coalesce(array_agg(e.key), '{}') as keys,
        coalesce(jsonb_object_agg(e.key, g.before -> 'kept' -> 'attributes' -> e.key)
            filter (where g.before -> 'kept' -> 'attributes' ? e.key), '{}') as put_back
    from jsonb_each(g.before -> 'gone' -> 'attributes') e
    join people k on k.id = g.kept_id and k.attributes -> e.key = e.value
) a
cross join lateral (
    select coalesce(array_agg(e.key), '{}') as keys
    from jsonb_each(g.before -> 'gone' -> 'undeclared') e
    join people k on k.id = g.kept_id and k.undeclared -> e.key = e.value
    where not g.before -> 'kept' -> 'undeclared' ? e.key
) u
where p.id = g.kept_id and p.workspace_id = g.workspace_id
