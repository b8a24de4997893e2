-- Writes down mails that came back, each once, with the message they are about if it is one of the workspace's.
-- Writes returned_mails. Relies on its unique digest and the primary key of messages.
insert into returned_mails (workspace_id, digest, kind, code, status, detail, message_id)
select %(workspace_id)s, r.digest, r.kind, r.code, r.status, r.detail, m.id
from unnest(
    %(digests)s::bytea[], %(kinds)s::text[], %(codes)s::int[], %(statuses)s::text[], %(details)s::text[],
    %(messages)s::bigint[]
) as r (digest, kind, code, status, detail, message_id)
left join messages m on m.id = r.message_id and m.workspace_id = %(workspace_id)s
on conflict (workspace_id, digest) do nothing
returning digest, message_id
