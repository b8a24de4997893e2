-- The keys that may send events, the forms and the newest imports of a workspace, each with its source and last sign.
-- Reads each by its workspace. Writes nothing.
select b.kind, b.ref, b.name, l.source_id, b.last_at
from (
    select 'key' as kind, k.id as ref, k.name, (select max(g.last_at) from signals g where g.key_id = k.id) as last_at,
        k.created_at as at
    from api_keys k
    where k.workspace_id = %(workspace_id)s and k.revoked_at is null and k.scopes && '{track,write,manage}'
    union all
    select 'form', f.id, f.name, (select max(a.at) from form_answers a where a.form_id = f.id), f.created_at
    from forms f
    where f.workspace_id = %(workspace_id)s and f.archived_at is null
    union all
    select 'import', i.id, i.file_name, i.finished_at, i.created_at
    from (
        select id, file_name, finished_at, created_at from imports
        where workspace_id = %(workspace_id)s order by created_at desc limit 100
    ) i
) b
left join source_links l on l.workspace_id = %(workspace_id)s and l.kind = b.kind and l.ref = b.ref
order by b.kind, b.at desc, b.ref
limit 500
