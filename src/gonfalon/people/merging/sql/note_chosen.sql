-- Writes down which things of a person a split takes along. {held} becomes the room's query.
-- Writes person_moves.
insert into person_moves (merge_id, what, person_id, ref)
select g.id, %(what)s, h.person_id, h.ref
from ({held}) as h (person_id, ref)
join person_merges g on g.workspace_id = %(workspace_id)s and g.id = %(merge_id)s
where h.ref = any(%(refs)s::text[])
