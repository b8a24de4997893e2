-- Queues a dispatch's messages that nobody knows the fate of once more, because a person said so. Their ids stay, so a
-- server or a mail program that had the first one may recognise the second. Who was erased has no address and is left.
-- They leave the batch they were in, which may not be finished: a message waits in one batch only.
-- Writes messages, send_batches. Relies on ix_messages_dispatch. Asked again it finds none.
with again as (
    update messages
    set state = 'queued', reason = '', reply = null, ended_at = null
    where dispatch_id = %(dispatch_id)s and workspace_id = %(workspace_id)s
        and state = 'unknown' and address is not null
    returning id
),
numbered as (
    select id, (row_number() over (order by id) - 1) / %(batch_size)s::bigint as batch from again
),
moved as (
    update send_batches b
    set message_ids = array (
        select x.id from unnest(b.message_ids) with ordinality as x (id, place) where x.id <> all (a.ids) order by x.place
    )
    from (select array_agg(id) as ids from again) a
    where b.dispatch_id = %(dispatch_id)s and b.message_ids && a.ids
),
queued as (
    insert into send_batches (workspace_id, dispatch_id, due_at, message_ids)
    select %(workspace_id)s, %(dispatch_id)s, now(), array_agg(id order by id) from numbered group by batch
)
select count(*) as queued from again
