-- Looks for people who may be one, by what they share, and proposes each with the oldest of their group. What members
-- said are two people stays so; what no longer holds is taken back. More than twenty that share something are no
-- duplicates: a company's number, a name that many have.
-- Parameters: postcodes, birthdays, companies: keys of the attributes that hold them.
-- Writes duplicate_pairs. Reads all people of the workspace once a kind.
with alive as (
    select p.id, p.email, p.phone, p.external_id, p.attributes,
        nullif(regexp_replace(
            lower(normalize(coalesce(p.attributes ->> 'first_name', '') || coalesce(p.attributes ->> 'last_name', ''))),
            '[^[:alnum:]]', '', 'g'
        ), '') as name
    from people p
    where p.workspace_id = %(workspace_id)s and p.erased_at is null
),
shared as (
    select id, 1 as rank, 'email' as kind,
        case
            when split_part(email, '@', 2) in ('gmail.com', 'googlemail.com')
                then replace(split_part(split_part(email, '@', 1), '+', 1), '.', '') || '@gmail.com'
            else split_part(split_part(email, '@', 1), '+', 1) || '@' || split_part(email, '@', 2)
        end as key
    from alive
    where email is not null and split_part(split_part(email, '@', 1), '+', 1) <> ''
    union all
    select id, 2, 'external_id', k.key
    from alive
    cross join lateral (
        select ltrim(regexp_replace(lower(external_id), '[^[:alnum:]]', '', 'g'), '0') as key
    ) k
    where external_id is not null and length(k.key) >= 3
    union all
    select id, 3, 'name_birthday', name || ' ' || d.value
    from alive
    cross join lateral (
        select attributes ->> b.key as value from unnest(%(birthdays)s::text[]) as b (key)
        where attributes ? b.key
        limit 1
    ) d
    where name is not null
    union all
    select id, 4, 'phone', right(phone, 9) from alive where length(phone) >= 11
    union all
    select id, 5, 'name_company', name || ' ' || c.value
    from alive
    cross join lateral (
        select regexp_replace(lower(attributes ->> k.key), '[^[:alnum:]]', '', 'g') as value
        from unnest(%(companies)s::text[]) as k (key)
        where attributes ? k.key
        limit 1
    ) c
    where name is not null and c.value <> ''
    union all
    select a.id, 5, 'name_company', a.name || ' #' || m.company_id
    from alive a
    join company_members m on m.person_id = a.id and m.workspace_id = %(workspace_id)s
    where a.name is not null
    union all
    select id, 6, 'name_postcode', name || ' ' || c.value
    from alive
    cross join lateral (
        select regexp_replace(lower(attributes ->> k.key), '[^[:alnum:]]', '', 'g') as value
        from unnest(%(postcodes)s::text[]) as k (key)
        where attributes ? k.key
        limit 1
    ) c
    where name is not null and c.value <> ''
),
grouped as (
    select id, rank, kind, min(id) over same as low_id, count(*) over same as number
    from shared
    window same as (partition by kind, key)
),
pairs as (
    select distinct on (low_id, id) low_id, id as high_id, kind
    from grouped
    where number between 2 and 20 and id <> low_id
    order by low_id, id, rank
),
proposed as (
    insert into duplicate_pairs (low_id, high_id, workspace_id, kind)
    select low_id, high_id, %(workspace_id)s, kind from pairs
    order by low_id, high_id
    on conflict (low_id, high_id) do update
    set kind = excluded.kind, found_at = now()
    where duplicate_pairs.state = 'proposed'
)
delete from duplicate_pairs d
where d.workspace_id = %(workspace_id)s and d.state = 'proposed'
    and not exists (select from pairs p where p.low_id = d.low_id and p.high_id = d.high_id)
