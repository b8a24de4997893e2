-- Puts the names of new events into the catalogue, as not yet counted; at most a thousand of a workspace.
-- Writes event_kinds by its unique names. Reads events by its primary key.
-- all workspaces: each event names its own.
insert into event_kinds (id, workspace_id, name, first_at, last_at)
select gen_random_uuid(), f.workspace_id, f.name, f.first_at, f.first_at
from (
    select n.*, row_number() over (partition by n.workspace_id order by n.first_at, n.name) as place,
        (select count(*) from event_kinds k where k.workspace_id = n.workspace_id) as known
    from (
        select workspace_id, name, min(received_at) as first_at
        from events where id > %(after)s and id <= %(upto)s
        group by workspace_id, name
    ) n
    where not exists (select from event_kinds k where k.workspace_id = n.workspace_id and k.name = n.name)
) f
where f.known + f.place <= 1000
order by f.workspace_id, f.name
on conflict (workspace_id, name) do nothing
