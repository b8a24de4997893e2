-- Takes people out of what imports left: the cells of rejected rows that name them (line and reason stay), and the
-- first values shown of a file's columns where one of them is among them.
-- Which rows are theirs is told by the address anywhere in the row, by the last digits of the number in one cell, or by
-- the id in the column that the plan made the external id. A row too many loses its cells rather than one too few.
-- What imports changed of them goes, too.
-- Writes import_rejects, import_changes, imports. Runs before the people's rows are emptied. Reads all rejected rows of the workspace
-- once: what looks like an address or a number in them is held against all of the people at once.
with known as (
    select 'email' as kind, lower(p.email) as value
    from people p
    where p.id = any (%(person_ids)s) and p.workspace_id = %(workspace_id)s and p.email is not null
    union
    select 'phone', right(p.phone, 8)
    from people p
    where p.id = any (%(person_ids)s) and p.workspace_id = %(workspace_id)s and p.phone is not null
    union
    select 'external', p.external_id
    from people p
    where p.id = any (%(person_ids)s) and p.workspace_id = %(workspace_id)s and p.external_id is not null
    union
    select i.kind, case i.kind when 'phone' then right(i.value, 8) when 'email' then lower(i.value) else i.value end
    from identities i
    where i.person_id = any (%(person_ids)s) and i.workspace_id = %(workspace_id)s
),
odd as (
    select k.value from known k where k.kind = 'email' and k.value !~ '^[[:alnum:]._%%+-]+@[[:alnum:].-]+$'
),
source as (
    select
        i.id,
        (
            select (c ->> 'column')::int
            from jsonb_array_elements(i.plan -> 'columns') c
            where c ->> 'to' = 'external_id'
            limit 1
        ) as id_column
    from imports i
    where i.workspace_id = %(workspace_id)s
),
rows as (
    select r.import_id, r.line, r.raw, s.id_column
    from import_rejects r
    join source s on s.id = r.import_id
    where r.workspace_id = %(workspace_id)s and r.raw <> '[]'
),
theirs as (
    select r.import_id, r.line
    from rows r
    cross join lateral regexp_matches(lower(r.raw), '[[:alnum:]._%%+-]+@[[:alnum:].-]+', 'g') as found (token)
    join known k on k.kind = 'email' and k.value = rtrim(found.token[1], '.-')
    union
    select r.import_id, r.line from rows r join odd o on position(o.value in lower(r.raw)) > 0
    union
    select r.import_id, r.line
    from rows r
    cross join lateral regexp_matches(regexp_replace(r.raw, '[^0-9"]', '', 'g'), '[0-9]{8,}', 'g') as found (digits)
    cross join lateral generate_series(1, least(length(found.digits[1]), 100) - 7) as place (at)
    join known k on k.kind = 'phone' and k.value = substr(found.digits[1], place.at, 8)
    union
    select r.import_id, r.line
    from rows r
    join known k on k.kind = 'external' and k.value = r.raw::json ->> r.id_column
),
blanked as (
    update import_rejects r
    set raw = '[]'
    from theirs t
    where r.import_id = t.import_id and r.line = t.line and r.workspace_id = %(workspace_id)s
),
forgotten as (
    delete from import_changes c
    using imports i
    where i.workspace_id = %(workspace_id)s and c.import_id = i.id and c.person_id = any (%(person_ids)s)
),
shown as (
    select i.id
    from imports i
    cross join lateral regexp_matches(
        lower(i.detected::text), '[[:alnum:]._%%+-]+@[[:alnum:].-]+', 'g'
    ) as found (token)
    join known k on k.kind = 'email' and k.value = rtrim(found.token[1], '.-')
    where i.workspace_id = %(workspace_id)s and i.detected ? 'columns'
    union
    select i.id
    from imports i
    join odd o on position(o.value in lower(i.detected::text)) > 0
    where i.workspace_id = %(workspace_id)s and i.detected ? 'columns'
)
update imports i
set detected = jsonb_set(
    i.detected,
    '{columns}',
    (
        select coalesce(jsonb_agg(
            c || jsonb_build_object('samples', '[]'::jsonb)
                || case when position('@' in c ->> 'name') > 0
                    then jsonb_build_object('name', '') else '{}'::jsonb end
            order by n), '[]')
        from jsonb_array_elements(i.detected -> 'columns') with ordinality as x (c, n)
    )
)
from shown s
where i.id = s.id and i.workspace_id = %(workspace_id)s
