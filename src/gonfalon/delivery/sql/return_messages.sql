-- Gives the messages that a merge had moved to the other person again. What has not left stays with the one who stayed,
-- whose address it goes to. Writes messages. Relies on messages' primary key.
update messages x
set person_id = g.gone_id
from person_merges g
join person_moves m on m.merge_id = g.id and m.what = 'messages'
where g.id = %(merge_id)s and g.workspace_id = %(workspace_id)s
    and x.id = m.ref::bigint and x.person_id = g.kept_id and x.workspace_id = g.workspace_id
    and x.state not in ('queued', 'deferred')
