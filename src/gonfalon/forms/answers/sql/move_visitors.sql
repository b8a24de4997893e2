-- Gives known people the answers of the visitors who they turned out to be. Where one of each person counts and theirs
-- is there already, the visitor's stays nobody's: it was one person's second.
-- Writes form_answers. Relies on ix_form_answers_person and uq_form_answers_single.
update form_answers a
set person_id = case
    when a.single and a.state = 'taken' and exists (
        select from form_answers b
        where b.form_id = a.form_id and b.person_id = p.person and b.single and b.state = 'taken'
    ) then null
    else p.person
end
from unnest(%(visitors)s::bigint[], %(persons)s::bigint[]) as p (visitor, person)
where a.person_id = p.visitor and a.workspace_id = %(workspace_id)s
