-- What came to a workspace's collector in the last day, the newest first.
-- Reads receipts by ix_receipts_workspace (at most 1,500 rows), keys and sources by their primary keys.
select
    r.id, r.at, r.key_id, coalesce(k.name, '') as key_name, l.source_id, s.name as source_name, r.kind, r.name, r.outcome,
    r.code, r.details, r.changes, r.message, r.understood
from receipts r
left join api_keys k on k.id = r.key_id and k.workspace_id = r.workspace_id
left join source_links l on l.workspace_id = r.workspace_id and l.kind = 'key' and l.ref = r.key_id
left join sources s on s.id = l.source_id and s.workspace_id = r.workspace_id
where r.workspace_id = %(workspace_id)s and r.at > now() - interval '1 day'
    and (%(words)s = '' or strpos(lower(r.name), %(words)s) > 0)
    and (%(kind)s::text is null or r.kind = %(kind)s)
    and (%(outcome)s::text is null or r.outcome = %(outcome)s)
    and (%(source_id)s::uuid is null or l.source_id = %(source_id)s)
order by r.id desc
limit %(limit)s
