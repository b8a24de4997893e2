-- What a sender needs to render a leased batch: its messages that still wait, with their people.
-- Who was erased while a connection had their message has no address any more, and "" is refused as one.
-- Reads only. Relies on the primary keys.
select m.id, m.person_id, coalesce(m.address, '') as address, m.attempts, p.email, p.phone, p.external_id, p.attributes, p.tags,
    p.tracking_consent
from send_batches b
cross join lateral unnest(b.message_ids) as wanted (id)
join messages m on m.id = wanted.id and m.workspace_id = b.workspace_id
join people p on p.id = m.person_id
where b.id = %(batch_id)s and b.lease = %(lease)s and m.state in ('queued', 'deferred')
order by m.id
