-- What some ticks need besides, in the same transaction after record_tick: puts deferred messages back into the
-- queue, suppresses addresses that don't exist, removes batches whose every message has its outcome.
-- A message waits in one batch only: in two, both could be leased and two connections have it at once.
-- Writes send_batches, suppressions. Relies on the primary keys and ix_send_batches_lease.
with ended as (
    select m.id, m.workspace_id, m.dispatch_id, m.address, m.reply, o.state, o.delay, o.hash
    from json_to_recordset(%(ended)s::json) as o (id bigint, state text, delay float8, hash text)
    join messages m on m.id = o.id
),
later as (
    insert into send_batches (workspace_id, dispatch_id, due_at, message_ids, composed_at)
    select e.workspace_id, e.dispatch_id, now() + make_interval(secs => e.delay), array_agg(e.id order by e.id),
        b.composed_at
    from ended e
    left join send_batches b
        on b.lease = %(lease)s and b.dispatch_id = e.dispatch_id and e.id = any (b.message_ids)
    where e.state = 'deferred'
    group by e.workspace_id, e.dispatch_id, e.delay, b.composed_at
),
moved as (
    update send_batches b
    set message_ids = array (
        select x.id from unnest(b.message_ids) with ordinality as x (id, place) where x.id <> all (d.ids) order by x.place
    )
    from (select array_agg(id) as ids from ended where state = 'deferred') d
    where b.lease = %(lease)s and b.message_ids && d.ids and b.id <> all (%(finished)s::bigint[])
),
suppressed as (
    insert into suppressions (workspace_id, channel, address, address_hash, reason, message_id, note)
    select e.workspace_id, d.channel, e.address, decode(e.hash, 'hex'), 'hard_bounce', e.id, coalesce(e.reply, '')
    from ended e
    join dispatches d on d.id = e.dispatch_id
    where e.hash is not null
    on conflict (workspace_id, channel, address_hash) do nothing
)
delete from send_batches
where id = any (%(finished)s::bigint[]) and lease = %(lease)s
