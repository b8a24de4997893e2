-- Gives the events that a merge had moved, or that a split takes along, to the other person.
-- Writes events. Relies on events' primary key.
update events e
set person_id = g.gone_id
from person_merges g
join person_moves m on m.merge_id = g.id and m.what = 'events'
where g.id = %(merge_id)s and g.workspace_id = %(workspace_id)s
    and e.id = m.ref::bigint and e.person_id = g.kept_id and e.workspace_id = g.workspace_id
