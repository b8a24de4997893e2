-- Moves the catalogue's reading on, and answers between which ids there are events to learn now (none: equal).
-- An id is given before its transaction commits. So the newest id is noted with the number that the next transaction
-- will have, and learned once every transaction before that has ended: each event is learned once, late ones too.
-- Writes catalogue_reading, whose lock makes two of these follow each other. Reads events backwards by its key.
-- all workspaces: events are learned in the order in which they came.
with before as (
    select one, learned, seen, until from catalogue_reading for update
),
now_seen as (
    select b.*, pg_snapshot_xmin(pg_current_snapshot()) >= b.until as whole,
        (select coalesce(max(e.id), 0) from events e) as newest
    from before b
)
update catalogue_reading r
set learned = case when n.whole then n.seen else n.learned end,
    seen = case when n.whole then least(greatest(n.newest, n.seen), n.seen + %(most)s) else n.seen end,
    until = case when n.whole then pg_snapshot_xmax(pg_current_snapshot()) else n.until end
from now_seen n
where r.one = n.one
returning n.learned as after, r.learned as upto, r.seen > r.learned as more
