-- Moves what visitors did to the known people they turned out to be.
-- Writes events. Relies on ix_events_person. The analytics copy counts these people's latest events afresh.
update events e
set person_id = p.person
from unnest(%(visitors)s::bigint[], %(persons)s::bigint[]) as p (visitor, person)
where e.person_id = p.visitor and e.workspace_id = %(workspace_id)s
