-- Whom an import made, and whether they have been touched since: their row by another transaction, or by what they did or
-- got, wherever it is kept. Holds their rows, so that nothing is added to them meanwhile by who asks for them.
-- Makes the temporary table undo_created. Relies on ix_people_created and the indexes of each table by person.
create temp table undo_created on commit drop as
with made as (
    select p.id, p.xid <> %(transaction)s::text::xid8 as changed
    from people p
    where p.workspace_id = %(workspace_id)s and p.created_at = %(made_at)s and p.erased_at is null
    for update
)
select
    m.id, m.changed,
    exists (select from events e where e.workspace_id = %(workspace_id)s and e.person_id = m.id)
    or exists (select from messages d where d.workspace_id = %(workspace_id)s and d.person_id = m.id)
    or exists (select from form_answers a where a.workspace_id = %(workspace_id)s and a.person_id = m.id)
    or exists (select from identities i where i.person_id = m.id)
    or exists (
        select from list_members l where l.person_id = m.id and l.xid <> %(transaction)s::text::xid8
    )
    or exists (
        select from company_members w where w.person_id = m.id and w.xid <> %(transaction)s::text::xid8
    )
    or exists (
        select from consents c where c.person_id = m.id and c.xid <> %(transaction)s::text::xid8
    ) as used
from made m
