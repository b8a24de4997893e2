-- Withholds what a cancelled dispatch has not sent. What a connection has in its hands at this moment is left to it.
-- Writes messages, send_batches. Relies on ix_messages_dispatch and ix_send_batches_free.
with held as (
    select coalesce(array_agg(x.id), '{}'::bigint[]) as ids
    from sender_leases l cross join lateral unnest(l.in_doubt) as x (id)
),
gone as (
    delete from send_batches where dispatch_id = %(dispatch_id)s and lease is null
)
update messages m
set state = 'withheld', reason = 'cancelled', ended_at = now()
from held
where m.dispatch_id = %(dispatch_id)s and m.workspace_id = %(workspace_id)s
    and m.state in ('queued', 'deferred') and m.id <> all (held.ids)
