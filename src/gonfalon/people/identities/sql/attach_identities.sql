-- Notes what records newly say about known people: a primary identity that was empty is filled, any other value is
-- kept beside. A value that belongs to somebody else is left with them.
-- Writes people, identities. The caller holds the workspace's lock on making people.
with asked as (
    select a.*
    from unnest(
        %(person_ids)s::bigint[], %(external_ids)s::text[], %(emails)s::text[], %(phones)s::text[],
        %(anonymous_ids)s::text[]
    ) with ordinality as a (person_id, external_id, email, phone, anonymous_id, n)
),
wanted as (
    select
        p.id,
        case when p.external_id is null then max(a.external_id) end as external_id,
        case when p.email is null then max(a.email) end as email,
        case when p.phone is null then max(a.phone) end as phone
    from asked a
    join people p on p.id = a.person_id and p.workspace_id = %(workspace_id)s and p.erased_at is null
    group by p.id
),
free as (
    select
        w.id,
        case when not exists (
            select from people o where o.workspace_id = %(workspace_id)s and o.external_id = w.external_id
        ) and row_number() over (partition by w.external_id order by w.id) = 1 then w.external_id end as external_id,
        case when not exists (
            select from people o where o.workspace_id = %(workspace_id)s and o.email = w.email
        ) and row_number() over (partition by w.email order by w.id) = 1 then w.email end as email,
        case when not exists (
            select from people o where o.workspace_id = %(workspace_id)s and o.phone = w.phone
        ) and row_number() over (partition by w.phone order by w.id) = 1 then w.phone end as phone
    from wanted w
    where w.external_id is not null or w.email is not null or w.phone is not null
),
filled as (
    update people p
    set external_id = coalesce(p.external_id, f.external_id),
        email = coalesce(p.email, f.email),
        phone = coalesce(p.phone, f.phone),
        updated_at = now()
    from free f
    where p.id = f.id and (f.external_id is not null or f.email is not null or f.phone is not null)
)
insert into identities (workspace_id, person_id, kind, value)
select distinct on (k.kind, k.value) %(workspace_id)s, a.person_id, k.kind, k.value
from asked a
join people p on p.id = a.person_id and p.workspace_id = %(workspace_id)s and p.erased_at is null
left join free f on f.id = a.person_id
cross join lateral (
    values
        ('external', a.external_id, coalesce(p.external_id, f.external_id)),
        ('email', a.email, coalesce(p.email, f.email)),
        ('phone', a.phone, coalesce(p.phone, f.phone)),
        ('anonymous', a.anonymous_id, null)
) as k (kind, value, primary_value)
where k.value is not null and k.value is distinct from k.primary_value
    and not exists (
        select from people o
        where o.workspace_id = %(workspace_id)s
            and case k.kind
                when 'email' then o.email = k.value
                when 'phone' then o.phone = k.value
                when 'external' then o.external_id = k.value
                else false
            end
    )
order by k.kind, k.value, a.n
on conflict (workspace_id, kind, value) do nothing
