-- Appends events of one name that Gonfalon itself noticed, read from one of our own queries: person_id, at, source_key,
-- properties. One that was raised before is left out (the UNIQUE is the guard).
-- Writes: events. Index: uq_events_workspace_id_source_key.
insert into events (workspace_id, person_id, name, at, source_key, properties)
select %(workspace_id)s, h.person_id, %(name)s, h.at, h.source_key, h.properties
from ({happened}) h
order by h.source_key
on conflict (workspace_id, source_key) do nothing
