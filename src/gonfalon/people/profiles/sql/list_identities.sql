-- Every identity of people: the primary ones, and those beside them.
-- Relies on the primary key of people and ix_identities_person_id.
select k.kind, k.value
from people p
cross join lateral (values ('email', p.email), ('phone', p.phone), ('external', p.external_id)) as k (kind, value)
where p.workspace_id = %(workspace_id)s and p.id = any (%(person_ids)s) and k.value is not null
union
select i.kind, i.value
from identities i
where i.workspace_id = %(workspace_id)s and i.person_id = any (%(person_ids)s)
