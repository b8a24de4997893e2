-- Leases the next due batch to a sender: of the running dispatch that has the fewest batches out, so that a small
-- send doesn't wait for a large one. With a pace, at most one sender gets past the dispatch's next_lease_at.
-- A batch that senders died with is leased to one that has nothing else in hand, so that it alone is to blame or cleared.
-- Writes send_batches, dispatches. Relies on ix_dispatches_running, ix_send_batches_free.
with free as (
    select b.id, b.dispatch_id, cardinality(b.message_ids) as size, d.channel, d.per_hour
    from dispatches d
    left join breakers k on k.workspace_id = d.workspace_id and k.channel = d.channel
    cross join lateral (
        select id, dispatch_id, message_ids
        from send_batches
        where dispatch_id = d.id and lease is null and due_at <= now() and (tries < 3 or %(alone)s::boolean)
        order by due_at, id
        limit 1
        for update skip locked
    ) b
    where d.state = 'running'
        and d.workspace_id || ' ' || d.channel <> all (string_to_array(%(full)s::text, ','))
        and (d.next_lease_at is null or d.next_lease_at <= now())
        and (k.open_until is null or k.open_until <= now())
    order by (select count(*) from send_batches o where o.dispatch_id = d.id and o.lease is not null), b.id
    limit 1
),
paced as (
    update dispatches d
    set next_lease_at = greatest(d.next_lease_at, now() - interval '5 seconds')
        + make_interval(secs => 3600.0 * f.size / d.per_hour)
    from free f
    where d.id = f.dispatch_id and d.per_hour is not null
        and (d.next_lease_at is null or d.next_lease_at <= now())
    returning d.id
)
update send_batches b
set lease = %(lease)s, composed_at = coalesce(b.composed_at, now()), tries = b.tries + 1
from free f
where b.id = f.id
    and exists (select from sender_leases l where l.id = %(lease)s)
    and (f.per_hour is null or exists (select from paced))
returning b.id, b.workspace_id, f.channel, b.dispatch_id, b.composed_at, b.tries
