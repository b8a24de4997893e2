-- Counts new events of each kind; one that had fallen silent may fall silent again.
-- Writes event_kinds by its unique names. Reads events by its primary key.
-- all workspaces: each event names its own.
update event_kinds k
set count = k.count + f.count, last_at = greatest(k.last_at, f.last_at), told_at = null
from (
    select workspace_id, name, count(*) as count, max(received_at) as last_at
    from events where id > %(after)s and id <= %(upto)s
    group by workspace_id, name
) f
where k.workspace_id = f.workspace_id and k.name = f.name
