-- Writes down whose each thing of a room is before merges. {held} becomes the room's query.
-- Writes person_moves.
insert into person_moves (merge_id, what, person_id, ref)
select g.id, %(what)s, h.person_id, h.ref
from ({held}) as h (person_id, ref)
join person_merges g on g.workspace_id = %(workspace_id)s and g.id = any(%(merges)s::bigint[])
    and (g.gone_id = h.person_id or (g.kept_id = h.person_id and %(what)s = 'lists'))
