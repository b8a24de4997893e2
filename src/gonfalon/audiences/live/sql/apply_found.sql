-- Makes the members of some live audiences those in live_found, and notes who entered and left, with the cause.
-- Nothing is noted of an audience without a cause (filled for the first time), nor of erased people.
-- Writes audience_members, membership_changes. people: NULL where everybody was asked about, else whom to compare.
-- Relies on pk_audience_members, ix_audience_members_person_id. Running it again changes nothing.
with asked as (
    select audience_id, nullif(cause, '') as cause, n as number
    from unnest(%(audiences)s::uuid[], %(causes)s::text[]) with ordinality as a (audience_id, cause, n)
),
gone as (
    delete from audience_members m
    using asked a
    where m.audience_id = a.audience_id and m.workspace_id = %(workspace)s
        and (%(people)s::bigint[] is null or m.person_id = any (%(people)s::bigint[]))
        and not exists (select from live_found f where f.number = a.number and f.person_id = m.person_id)
    returning m.audience_id, m.person_id, a.cause
),
come as (
    insert into audience_members (audience_id, person_id, workspace_id)
    select a.audience_id, f.person_id, %(workspace)s
    from live_found f
    join asked a on a.number = f.number
    join people p on p.id = f.person_id and p.workspace_id = %(workspace)s and p.erased_at is null
    where not exists (
        select from audience_members m where m.audience_id = a.audience_id and m.person_id = f.person_id
    )
    order by a.audience_id, f.person_id
    on conflict (audience_id, person_id) do nothing
    returning audience_id, person_id
)
insert into membership_changes (workspace_id, audience_id, person_id, entered, cause)
select %(workspace)s, c.audience_id, c.person_id, c.entered, c.cause
from (
    select g.audience_id, g.person_id, false as entered, g.cause
    from gone g
    join people p on p.id = g.person_id and p.erased_at is null
    where g.cause is not null
    union all
    select n.audience_id, n.person_id, true, a.cause
    from come n
    join asked a on a.audience_id = n.audience_id
    where a.cause is not null
) c
order by c.audience_id, c.person_id
