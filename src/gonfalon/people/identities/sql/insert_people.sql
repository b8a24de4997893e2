-- Makes people for records that mean nobody yet. Records that share an identity make one person (DO NOTHING), and
-- records of erased people make none. Anonymous visitors get their only identity with the row.
-- Writes people, identities. The caller holds the workspace's lock on making people.
with asked as (
    select a.*
    from unnest(%(external_ids)s::text[], %(emails)s::text[], %(phones)s::text[], %(anonymous_ids)s::text[])
        with ordinality as a (external_id, email, phone, anonymous_id, n)
    where not exists (
        select from erased_identities h
        where h.workspace_id = %(workspace_id)s
            and h.hash in (
                sha256(%(erased_key)s::bytea || convert_to('external:' || a.external_id, 'UTF8')),
                sha256(%(erased_key)s::bytea || convert_to('email:' || a.email, 'UTF8')),
                sha256(%(erased_key)s::bytea || convert_to('phone:' || a.phone, 'UTF8'))
            )
    )
),
named as (
    insert into people (workspace_id, external_id, email, phone)
    select %(workspace_id)s, external_id, email, phone
    from asked
    where external_id is not null or email is not null or phone is not null
    order by n
    on conflict do nothing
),
visitors as (
    select anonymous_id, nextval(pg_get_serial_sequence('people', 'id')) as id
    from (
        select distinct anonymous_id
        from asked
        where external_id is null and email is null and phone is null and anonymous_id is not null
    ) v
),
unnamed as (
    insert into people (id, workspace_id)
    select id, %(workspace_id)s from visitors
)
insert into identities (workspace_id, person_id, kind, value)
select %(workspace_id)s, id, 'anonymous', anonymous_id from visitors
