-- What other rooms know of a person: suppressed addresses and fixed lists.
-- Reads suppressions (ix_suppressions_address), list_members (its person_id), audiences.
select 'suppression' as kind, s.channel as key, s.reason as name, s.created_at as at
from suppressions s
join people p on p.id = %(person_id)s and p.workspace_id = %(workspace_id)s
where s.workspace_id = %(workspace_id)s
    and s.address = case s.channel when 'email' then p.email when 'sms' then p.phone end
union all
select 'list', a.id::text, a.name, m.added_at
from list_members m
join audiences a on a.id = m.audience_id and a.archived_at is null
where m.person_id = %(person_id)s and m.workspace_id = %(workspace_id)s
order by 1, 3
