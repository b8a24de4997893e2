-- Gives the answers that a merge had moved to the other person. One that was nobody's since becomes theirs again.
-- Writes form_answers. Relies on form_answers' primary key.
update form_answers a
set person_id = g.gone_id
from person_merges g
join person_moves m on m.merge_id = g.id and m.what = 'answers'
where g.id = %(merge_id)s and g.workspace_id = %(workspace_id)s
    and a.id = m.ref::bigint and (a.person_id = g.kept_id or a.person_id is null) and a.workspace_id = g.workspace_id
