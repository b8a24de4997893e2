-- Leaves of people's answers only that there was one: what they wrote goes. An answer that waits or is held under one
-- of their addresses, and therefore names nobody yet, is emptied too.
-- Writes form_answers. Relies on ix_form_answers_person, ix_form_answers_open.
with known as (
    select p.email as word from people p where p.id = any (%(person_ids)s) and p.workspace_id = %(workspace_id)s
    union
    select p.phone from people p where p.id = any (%(person_ids)s) and p.workspace_id = %(workspace_id)s
),
theirs as (
    select a.id
    from form_answers a
    where a.workspace_id = %(workspace_id)s and a.person_id = any (%(person_ids)s)
    union
    select a.id
    from form_answers a
    cross join lateral jsonb_each_text(a.values) as said (field, value)
    join known k on k.word = said.value
    where a.workspace_id = %(workspace_id)s and a.state in ('waiting', 'held')
)
update form_answers a
set values = '{}', source = '{}', person_id = null,
    state = case when a.state in ('waiting', 'held') then 'expired' else a.state end
from theirs t
where a.id = t.id and a.workspace_id = %(workspace_id)s
