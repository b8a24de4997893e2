-- Appends events; one whose messageId the workspace has seen is left out (the UNIQUE is the guard).
-- Writes: events. Answers the source keys of the new ones. Index: uq_events_workspace_id_source_key.
-- Sorted by key, so that two batches with the same messages wait for each other instead of dying.
insert into events (workspace_id, person_id, name, at, source_key, properties, amount_minor, currency, arrival)
select %(workspace_id)s, e.person_id, e.name, e.at, e.source_key, e.properties::jsonb, e.amount_minor, e.currency,
    e.arrival::jsonb
from unnest(
    %(person_ids)s::bigint[], %(names)s::text[], %(ats)s::timestamptz[], %(source_keys)s::text[],
    %(properties)s::text[], %(amounts)s::bigint[], %(currencies)s::text[], %(arrivals)s::text[]
) with ordinality as e (person_id, name, at, source_key, properties, amount_minor, currency, arrival, n)
order by e.source_key, e.n
on conflict (workspace_id, source_key) do nothing
returning source_key
