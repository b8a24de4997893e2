-- Puts people into companies by their keys; who belongs to one already stays, erased people are left out.
-- Writes company_members. Relies on uq_companies_workspace_id_key and the UNIQUE of company and person.
insert into company_members (workspace_id, company_id, person_id)
select distinct %(workspace_id)s, c.id, p.id
from unnest(%(keys)s::text[], %(person_ids)s::bigint[]) as s (key, person_id)
join companies c on c.workspace_id = %(workspace_id)s and c.key = s.key
join people p on p.workspace_id = %(workspace_id)s and p.id = s.person_id and p.erased_at is null
order by c.id, p.id
on conflict (company_id, person_id) do nothing
