-- Visitors known by their devices only, and the known person that each of these devices is now said to belong to: the
-- first said, where several are. Answers visitor, person. Relies on uq_identities_workspace_id_kind_value.
select distinct on (v.id) v.id as visitor, a.person_id as person
from unnest(%(devices)s::text[], %(person_ids)s::bigint[]) with ordinality as a (device, person_id, n)
join identities i on i.workspace_id = %(workspace_id)s and i.kind = 'anonymous' and i.value = a.device
join people v on v.id = i.person_id and v.workspace_id = %(workspace_id)s
join people p on p.id = a.person_id and p.workspace_id = %(workspace_id)s and p.erased_at is null
where v.id <> a.person_id and num_nonnulls(v.external_id, v.email, v.phone) = 0 and v.erased_at is null
    and num_nonnulls(p.external_id, p.email, p.phone) > 0
order by v.id, a.n
