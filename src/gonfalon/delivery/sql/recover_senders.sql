-- Takes over from senders that are gone (lease over, or an earlier life of this worker): what they may have handed
-- over becomes unknown, everything else of theirs goes back to the queue as it was.
-- After a restart of the database its senders first get the time to come back.
-- Deleting the row is the fence: whatever such a sender writes afterwards has no effect.
-- Writes sender_leases, past_leases, messages, send_batches. Relies on the primary keys and ix_send_batches_lease.
-- all workspaces: a sender serves them all, and so does who takes over from it.
with dead as (
    delete from sender_leases
    where id in (
        select id from sender_leases
        where worker = %(worker)s
            or (until < now() and pg_postmaster_start_time() < now() - make_interval(secs => %(ttl)s))
        for update
    )
    returning id, in_doubt, created_at, mark, tick
),
remembered as (
    insert into past_leases (mark, tick) select mark, tick from dead
),
moved as (
    -- Batches they brought forward are not what they died of; the number of tries of the others stays and grows.
    update send_batches b
    set tries = 0
    from dead
    where b.lease = dead.id and (
        b.message_ids && dead.in_doubt
        or exists (select from messages m where m.id = any (b.message_ids) and m.ended_at >= dead.created_at)
    )
),
doubtful as (
    update messages m
    set state = 'unknown', reason = 'sender_died', attempts = m.attempts + 1, ended_at = now()
    from dead
    where m.id = any (dead.in_doubt) and m.state in ('queued', 'deferred')
    returning m.id
)
select (select count(*) from dead) as senders, (select count(*) from doubtful) as unknown
