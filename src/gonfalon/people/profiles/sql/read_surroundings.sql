-- What other rooms know of a person: suppressed addresses and fixed lists.
-- Reads suppressions (ix_suppressions_address), list_members (its person_id), audiences.
select 'suppression' as kind, s.channel as key, s.reason as name, s.created_at as at
from suppressions s
join addresses a
    on a.person_id = %(person_id)s and a.workspace_id = %(workspace_id)s
    and a.channel = s.channel and a.address = s.address
where s.workspace_id = %(workspace_id)s
union all
select 'list', a.id::text, a.name, m.added_at
from list_members m
join audiences a on a.id = m.audience_id and a.archived_at is null
where m.person_id = %(person_id)s and m.workspace_id = %(workspace_id)s
order by 1, 3
