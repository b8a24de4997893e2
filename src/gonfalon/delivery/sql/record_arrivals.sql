-- Notes that messages arrived: those in doubt are accepted. Asked again, or of messages whose outcome is known, it changes
-- nothing. Writes messages. Relies on their primary key.
update messages
set state = 'accepted', reason = '', ended_at = coalesce(ended_at, now())
where id = any (%(messages)s::bigint[]) and workspace_id = %(workspace_id)s and state = 'unknown'
