-- The people of a workspace of whom anything that rules ask about was written since a snapshot, at most so many.
-- Reads people, consents, person_scores, list_members, events, messages, hits by what the analytics copy follows them by: their
-- transaction. Reads membership_touches for what was deleted.
select person_id
from (
    select p.id as person_id
    from people p
    where p.workspace_id = %(workspace)s and p.xid >= pg_snapshot_xmin(%(seen)s::pg_snapshot)
        and not pg_visible_in_snapshot(p.xid, %(seen)s::pg_snapshot)
    union
    select c.person_id
    from consents c
    where c.workspace_id = %(workspace)s and c.xid >= pg_snapshot_xmin(%(seen)s::pg_snapshot)
        and not pg_visible_in_snapshot(c.xid, %(seen)s::pg_snapshot)
    union
    select l.person_id
    from list_members l
    where l.workspace_id = %(workspace)s and l.xid >= pg_snapshot_xmin(%(seen)s::pg_snapshot)
        and not pg_visible_in_snapshot(l.xid, %(seen)s::pg_snapshot)
    union
    select k.person_id
    from person_scores k
    where k.workspace_id = %(workspace)s and k.xid >= pg_snapshot_xmin(%(seen)s::pg_snapshot)
        and not pg_visible_in_snapshot(k.xid, %(seen)s::pg_snapshot)
    union
    select e.person_id
    from events e
    where e.workspace_id = %(workspace)s and e.person_id is not null
        and e.xid >= pg_snapshot_xmin(%(seen)s::pg_snapshot)
        and not pg_visible_in_snapshot(e.xid, %(seen)s::pg_snapshot)
    union
    select m.person_id
    from messages m
    where m.workspace_id = %(workspace)s and m.xid >= pg_snapshot_xmin(%(seen)s::pg_snapshot)
        and m.xid::text::bigint >= pg_snapshot_xmin(%(seen)s::pg_snapshot)::text::bigint
        and not pg_visible_in_snapshot(m.xid, %(seen)s::pg_snapshot)
    union
    select m.person_id
    from hits h
    join messages m on m.id = h.message_id
    where h.workspace_id = %(workspace)s and h.xid >= pg_snapshot_xmin(%(seen)s::pg_snapshot)
        and not pg_visible_in_snapshot(h.xid, %(seen)s::pg_snapshot)
    union
    select t.person_id
    from membership_touches t
    where t.workspace_id = %(workspace)s and not pg_visible_in_snapshot(t.deleted_by, %(seen)s::pg_snapshot)
) touched
limit %(most)s
