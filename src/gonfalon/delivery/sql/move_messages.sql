-- Gives the messages of people who turned out to be others to these. Where both are in the ledger for one touchpoint,
-- the row stays with the other one; what had not left of it is withheld, for nobody gets a message twice.
-- What has not left goes to the address that the person who stays has now. A message that a connection has in hand
-- keeps its state. Writes messages. Relies on ix_messages_person and the UNIQUE of touchpoint and person.
with pairs as (
    select p.gone, p.kept
    from unnest(%(gone)s::bigint[], %(kept)s::bigint[]) as p (gone, kept)
),
judged as (
    select m.id, p.kept, a.address,
        m.state in ('queued', 'deferred')
            and not exists (select from sender_leases l where m.id = any (l.in_doubt)) as waits,
        exists (
            select from messages o
            where o.touchpoint_id = m.touchpoint_id and o.person_id = p.kept and o.occurrence = m.occurrence
        ) or row_number() over (partition by m.touchpoint_id, p.kept, m.occurrence order by m.id) > 1 as twice
    from pairs p
    join messages m on m.person_id = p.gone and m.workspace_id = %(workspace_id)s
    join dispatches d on d.id = m.dispatch_id
    left join addresses a on a.person_id = p.kept and a.channel = d.channel and a.workspace_id = m.workspace_id
)
update messages m
set person_id = case when j.twice then m.person_id else j.kept end,
    address = case when j.waits and not j.twice then coalesce(j.address, m.address) else m.address end,
    state = case when j.waits and j.twice then 'withheld' else m.state end,
    reason = case when j.waits and j.twice then 'merged' else m.reason end,
    ended_at = case when j.waits and j.twice then now() else m.ended_at end
from judged j
where m.id = j.id and (not j.twice or j.waits)
