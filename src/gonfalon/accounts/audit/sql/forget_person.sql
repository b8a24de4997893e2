-- Takes a person's name and addresses out of the audit trail: who did what and when stays.
-- Writes audit_entries. Runs before the person's row is emptied. Relies on ix_audit_entries_workspace and reads all
-- entries of the workspace: an address may stand in any of them (a test message, a search that was exported).
with known as (
    select p.email as word from people p where p.id = %(person_id)s and p.workspace_id = %(workspace_id)s
    union
    select p.phone from people p where p.id = %(person_id)s and p.workspace_id = %(workspace_id)s
    union
    select i.value from identities i
    where i.person_id = %(person_id)s and i.workspace_id = %(workspace_id)s and i.kind in ('email', 'phone')
),
wanted as (
    -- The words whole, not as parts of longer addresses; the empty set of words matches nothing.
    select
        '(?<![[:alnum:]._%%+-])(?:'
            || string_agg(regexp_replace(word, '([^[:alnum:]])', '\\\1', 'g'), '|')
            || ')(?![[:alnum:]_-])' as pattern
    from known
    where word <> ''
)
update audit_entries a
set target_name = case when a.target_type = 'person' and a.target_id = %(person_id)s::text then null
        else regexp_replace(a.target_name, w.pattern, '[erased]', 'gi') end,
    details = case when a.target_type = 'person' and a.target_id = %(person_id)s::text then '{}'
        else regexp_replace(a.details::text, w.pattern, '[erased]', 'gi')::jsonb end
from wanted w
where a.workspace_id = %(workspace_id)s
    and (
        (a.target_type = 'person' and a.target_id = %(person_id)s::text)
        or a.target_name ~* w.pattern
        or a.details::text ~* w.pattern
    )
