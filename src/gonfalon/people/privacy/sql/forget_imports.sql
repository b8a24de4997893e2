-- Takes a person out of what imports left: the cells of rejected rows that name them (line and reason stay), and the
-- first values shown of a file's columns where the person is among them.
-- Which rows are theirs is told by the address anywhere in the row, by the last digits of the number in one cell, or by
-- the id in the column that the plan made the external id. A row too many loses its cells rather than one too few.
-- Writes import_rejects, imports. Runs before the person's row is emptied. Reads all rejected rows of the workspace.
with person as (
    select p.email, p.phone, p.external_id
    from people p
    where p.id = %(person_id)s and p.workspace_id = %(workspace_id)s
    union all
    select
        case i.kind when 'email' then i.value end,
        case i.kind when 'phone' then i.value end,
        case i.kind when 'external' then i.value end
    from identities i
    where i.person_id = %(person_id)s and i.workspace_id = %(workspace_id)s
),
source as (
    select
        i.id,
        i.detected,
        (
            select (c ->> 'column')::int
            from jsonb_array_elements(i.plan -> 'columns') c
            where c ->> 'to' = 'external_id'
            limit 1
        ) as id_column
    from imports i
    where i.workspace_id = %(workspace_id)s
),
blanked as (
    update import_rejects r
    set raw = '[]'
    from source s
    where r.import_id = s.id and r.workspace_id = %(workspace_id)s and r.raw <> '[]'
        and exists (
            select from person p
            where position(p.email in lower(r.raw)) > 0
                or position(right(p.phone, 8) in regexp_replace(r.raw, '[^0-9"]', '', 'g')) > 0
                or r.raw::json ->> s.id_column = p.external_id
        )
)
update imports i
set detected = jsonb_set(
    i.detected,
    '{columns}',
    (
        select coalesce(jsonb_agg(
            c || jsonb_build_object('samples', '[]'::jsonb)
                || case when position(p.email in lower(c ->> 'name')) > 0
                    then jsonb_build_object('name', '') else '{}'::jsonb end
            order by n), '[]')
        from jsonb_array_elements(i.detected -> 'columns') with ordinality as x (c, n)
    )
)
from person p
where i.workspace_id = %(workspace_id)s
    and i.detected ? 'columns'
    and position(p.email in lower(i.detected::text)) > 0
