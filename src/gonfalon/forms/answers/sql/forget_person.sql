-- Leaves of a person's answers only that there was one: what they wrote goes. An answer that waits or is held under one
-- of their addresses, and therefore names nobody yet, is emptied too.
-- Writes form_answers. Relies on ix_form_answers_person, ix_form_answers_open.
update form_answers a
set values = '{}', source = '{}', person_id = null,
    state = case when a.state in ('waiting', 'held') then 'expired' else a.state end
where a.workspace_id = %(workspace_id)s
    and (
        a.person_id = %(person_id)s
        or a.state in ('waiting', 'held') and exists (
            select from people p, jsonb_each_text(a.values) as said (field, value)
            where p.id = %(person_id)s and p.workspace_id = %(workspace_id)s and said.value in (p.email, p.phone)
        )
    )
