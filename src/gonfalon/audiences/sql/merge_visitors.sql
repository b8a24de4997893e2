-- Puts people on the fixed lists of the visitors they turned out to be. The visitors' own rows go with them.
-- Writes list_members. Relies on ix_list_members_person_id and the UNIQUE of audience and person.
insert into list_members (workspace_id, audience_id, person_id, added_at)
select %(workspace_id)s, m.audience_id, p.person, min(m.added_at)
from unnest(%(visitors)s::bigint[], %(persons)s::bigint[]) as p (visitor, person)
join list_members m on m.person_id = p.visitor and m.workspace_id = %(workspace_id)s
group by m.audience_id, p.person
order by m.audience_id, p.person
on conflict (audience_id, person_id) do nothing
