-- Makes keys, forms and imports of the workspace belong to a source, whatever they belonged to before; answers which.
-- Writes source_links by its primary key.
insert into source_links (workspace_id, kind, ref, source_id)
select %(workspace_id)s, w.kind, w.ref, %(source_id)s
from (select distinct * from unnest(%(kinds)s::text[], %(refs)s::uuid[]) as w (kind, ref)) w
where exists (select from api_keys k where w.kind = 'key' and k.id = w.ref and k.workspace_id = %(workspace_id)s)
    or exists (select from forms f where w.kind = 'form' and f.id = w.ref and f.workspace_id = %(workspace_id)s)
    or exists (select from imports i where w.kind = 'import' and i.id = w.ref and i.workspace_id = %(workspace_id)s)
order by w.kind, w.ref
on conflict (workspace_id, kind, ref) do update set source_id = excluded.source_id
returning kind, ref
