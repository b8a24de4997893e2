-- Whom each record means: by external id, else email, else phone, else an identity beside the primary ones.
-- Answers a row per record in the records' order: person_id (null: nobody known), and news: whether the record says
-- an identity that nobody has yet.
-- Relies on uq_people_external, uq_people_email, uq_people_phone, uq_identities_workspace_id_kind_value.
select
    coalesce(x.id, e.id, p.id, i.person_id) as person_id,
    num_nonnulls(a.external_id, a.email, a.phone, a.anonymous_id) > num_nonnulls(x.id, e.id, p.id) + i.known as news
from unnest(%(external_ids)s::text[], %(emails)s::text[], %(phones)s::text[], %(anonymous_ids)s::text[])
    with ordinality as a (external_id, email, phone, anonymous_id, n)
left join people x on x.workspace_id = %(workspace_id)s and x.external_id = a.external_id
left join people e on e.workspace_id = %(workspace_id)s and e.email = a.email
left join people p on p.workspace_id = %(workspace_id)s and p.phone = a.phone
cross join lateral (
    select count(*) as known, (array_agg(i.person_id order by k.rank))[1] as person_id
    from (
        values
            (1, 'external', a.external_id, x.id),
            (2, 'email', a.email, e.id),
            (3, 'phone', a.phone, p.id),
            (4, 'anonymous', a.anonymous_id, null)
    ) as k (rank, kind, value, known_as)
    join identities i on i.workspace_id = %(workspace_id)s and i.kind = k.kind and i.value = k.value
    where k.known_as is null
) i
order by a.n
