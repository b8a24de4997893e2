-- Takes an erased person's addresses out of what members wrote: comments and the lines of notices about them.
-- Writes comments and notices. Runs before the person's row is emptied, as the audit trail's. Relies on
-- ix_comments_thing and ix_notices_member and reads all of the workspace: an address may stand in any of them.
with known as (
    select p.email as word from people p where p.id = %(person_id)s and p.workspace_id = %(workspace_id)s
    union
    select p.phone from people p where p.id = %(person_id)s and p.workspace_id = %(workspace_id)s
    union
    select i.value from identities i
    where i.person_id = %(person_id)s and i.workspace_id = %(workspace_id)s and i.kind in ('email', 'phone')
),
wanted as (
    select
        '(?<![[:alnum:]._%%+-])(?:'
            || string_agg(regexp_replace(word, '([^[:alnum:]])', '\\\1', 'g'), '|')
            || ')(?![[:alnum:]_-])' as pattern
    from known
    where word <> ''
),
said as (
    update comments c
    set body = regexp_replace(c.body, w.pattern, '[erased]', 'gi')
    from wanted w
    where c.workspace_id = %(workspace_id)s and c.body ~* w.pattern
)
update notices n
set parameters = regexp_replace(n.parameters::text, w.pattern, '[erased]', 'gi')::jsonb
from wanted w
where n.workspace_id = %(workspace_id)s and n.parameters::text ~* w.pattern
