-- Makes visitors the known people they turned out to be: devices, companies, permission with its proofs, attributes and
-- tags move over. What is known of the person stays; a permission withdrawn by either is withdrawn.
-- Writes identities, company_members, consents, consent_proofs, people. The visitors' own rows are deleted after it.
with pairs as (
    select * from unnest(%(visitors)s::bigint[], %(persons)s::bigint[]) as p (visitor, person)
),
devices as (
    update identities i set person_id = pairs.person
    from pairs
    where i.person_id = pairs.visitor and i.workspace_id = %(workspace_id)s
),
employers as (
    insert into company_members (workspace_id, company_id, person_id, added_at)
    select %(workspace_id)s, m.company_id, pairs.person, min(m.added_at)
    from pairs
    join company_members m on m.person_id = pairs.visitor and m.workspace_id = %(workspace_id)s
    group by m.company_id, pairs.person
    on conflict (company_id, person_id) do nothing
),
permission as (
    insert into consents (workspace_id, person_id, channel, topic_id, state, at, basis, expires_at)
    select distinct on (pairs.person, c.channel, c.topic_id)
        %(workspace_id)s, pairs.person, c.channel, c.topic_id, c.state, c.at, c.basis, c.expires_at
    from pairs
    join consents c on c.person_id = pairs.visitor and c.workspace_id = %(workspace_id)s
    order by pairs.person, c.channel, c.topic_id, c.state desc
    on conflict (person_id, channel, topic_id) do update
    set state = excluded.state, at = excluded.at, basis = excluded.basis, expires_at = excluded.expires_at
    where excluded.state = 'withdrawn' and consents.state <> 'withdrawn'
),
proofs as (
    update consent_proofs c set person_id = pairs.person
    from pairs
    where c.person_id = pairs.visitor and c.workspace_id = %(workspace_id)s
),
known as (
    select
        pairs.person,
        min(v.created_at) as created_at,
        bool_and(v.tracking_consent) as tracking_consent,
        (
            select jsonb_object_agg(m.key, m.value order by m.visitor)
            from (
                select o.visitor, each.key, each.value
                from pairs o
                join people w on w.id = o.visitor
                cross join jsonb_each(w.attributes) each
                where o.person = pairs.person
            ) m
        ) as attributes,
        (
            select jsonb_object_agg(m.key, m.value order by m.visitor)
            from (
                select o.visitor, each.key, each.value
                from pairs o
                join people w on w.id = o.visitor
                cross join jsonb_each(w.undeclared) each
                where o.person = pairs.person
            ) m
        ) as undeclared,
        (
            select array_agg(distinct tag order by tag)
            from pairs o
            join people w on w.id = o.visitor
            cross join unnest(w.tags) tag
            where o.person = pairs.person
        ) as tags
    from pairs
    join people v on v.id = pairs.visitor and v.workspace_id = %(workspace_id)s
    group by pairs.person
)
update people p
set attributes = coalesce(known.attributes, '{}') || p.attributes,
    undeclared = coalesce(known.undeclared, '{}') || p.undeclared,
    tags = (
        select coalesce(array_agg(distinct tag order by tag), '{}')
        from unnest(p.tags || coalesce(known.tags, '{}')) tag
    ),
    tracking_consent = case when known.tracking_consent is false then false
        else coalesce(p.tracking_consent, known.tracking_consent) end,
    created_at = least(p.created_at, known.created_at),
    updated_at = now()
from known
where p.id = known.person and p.workspace_id = %(workspace_id)s
