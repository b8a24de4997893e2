-- Gives leased batches back unsent (pause, an open breaker, the end of the process), to be taken again later.
-- Writes send_batches. Relies on the primary key.
-- all workspaces: by the keys of batches that this sender holds.
update send_batches
set lease = null, tries = 0, due_at = greatest(due_at, now() + make_interval(secs => %(delay)s))
where id = any (%(batches)s::bigint[]) and lease = %(lease)s
