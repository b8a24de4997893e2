-- A page of mails that came back, the newest first, with the message and touchpoint they are about.
-- Reads only. Relies on ix_returned_mails_newest and the primary keys of messages and touchpoints.
select r.id, r.kind, r.code, r.status, r.detail, m.address, t.id as touchpoint_id, t.name as touchpoint,
    r.received_at
from returned_mails r
left join messages m on m.id = r.message_id and m.workspace_id = r.workspace_id
left join touchpoints t on t.id = m.touchpoint_id and t.workspace_id = r.workspace_id
where r.workspace_id = %(workspace_id)s and (%(after)s::bigint is null or r.id < %(after)s::bigint)
order by r.id desc
limit %(limit)s
