-- Puts people on a list by id, email address or the customer's own id; who is on it already stays.
-- Answers how many keys found somebody and how many rows are new.
-- Writes list_members. Relies on people's primary key, uq_people_email, uq_people_external.
with k as (
    select distinct key from unnest(%(keys)s::text[]) as key
),
found as (
    select k.key, p.id
    from k
    join lateral (
        select id from people
        where workspace_id = %(workspace)s and email = lower(k.key) and erased_at is null
        union
        select id from people
        where workspace_id = %(workspace)s and external_id = k.key and erased_at is null
    ) p on true
    union
    select i.id::text, p.id
    from unnest(%(ids)s::bigint[]) as i (id)
    join people p on p.id = i.id and p.workspace_id = %(workspace)s and p.erased_at is null
),
added as (
    insert into list_members (workspace_id, audience_id, person_id)
    select distinct %(workspace)s, %(audience)s::uuid, id from found
    on conflict (audience_id, person_id) do nothing
    returning person_id
)
select (select count(distinct key) from found) as found, (select count(*) from added) as added
