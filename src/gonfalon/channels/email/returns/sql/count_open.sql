-- Counts messages whose outcome a sender has not written down yet. Reads only. Relies on the primary key of messages.
select count(*)::int
from messages m
where m.id = any (%(messages)s::bigint[]) and m.workspace_id = %(workspace_id)s and m.state = 'queued'
