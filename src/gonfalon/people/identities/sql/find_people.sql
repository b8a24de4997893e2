-- Whom each record means: by external id, else email, else phone, else an identity beside the primary ones, else the
-- external id used before; the device decides last, and not against what is known of its owner: who signs in on
-- somebody else's device is somebody else.
-- Answers a row per record in the records' order: person_id (null: nobody known), news: whether the record says an
-- identity that nobody has yet, and other: somebody else whom the previous id means.
-- Relies on uq_people_external, uq_people_email, uq_people_phone, uq_identities_workspace_id_kind_value.
select
    coalesce(x.id, e.id, p.id, i.named, b.id, i.person_id) as person_id,
    num_nonnulls(a.external_id, a.email, a.phone, a.anonymous_id) > num_nonnulls(x.id, e.id, p.id) + i.known as news,
    nullif(coalesce(b.id, i.before), coalesce(x.id, e.id, p.id, i.named, b.id, i.person_id)) as other
from unnest(
    %(external_ids)s::text[], %(emails)s::text[], %(phones)s::text[], %(anonymous_ids)s::text[], %(previous_ids)s::text[]
) with ordinality as a (external_id, email, phone, anonymous_id, previous_id, n)
left join people x on x.workspace_id = %(workspace_id)s and x.external_id = a.external_id
left join people e on e.workspace_id = %(workspace_id)s and e.email = a.email
left join people p on p.workspace_id = %(workspace_id)s and p.phone = a.phone
left join people b on b.workspace_id = %(workspace_id)s and b.external_id = a.previous_id
cross join lateral (
    select
        count(*) filter (where k.rank <> 4) as known,
        (array_agg(i.person_id order by k.rank) filter (
            where k.rank < 5 or not (
                (a.external_id is not null and o.external_id is not null) or (a.email is not null and o.email is not null)
            )
        ))[1] as person_id,
        (array_agg(i.person_id order by k.rank) filter (where k.rank < 4))[1] as named,
        max(i.person_id) filter (where k.rank = 4) as before
    from (
        values
            (1, 'external', a.external_id, x.id),
            (2, 'email', a.email, e.id),
            (3, 'phone', a.phone, p.id),
            (4, 'external', a.previous_id, b.id),
            (5, 'anonymous', a.anonymous_id, null)
    ) as k (rank, kind, value, known_as)
    join identities i on i.workspace_id = %(workspace_id)s and i.kind = k.kind and i.value = k.value
    join people o on o.id = i.person_id
    where k.known_as is null
) i
order by a.n
