-- The commonest values of a text attribute. Reads only; scans the workspace's people (ix_people_workspace):
-- it is asked only where there is no analytics copy.
select attributes ->> %(key)s::text as value, count(*) as people
from people
where workspace_id = %(workspace)s and erased_at is null
    and jsonb_typeof(attributes -> %(key)s::text) = 'string'
    and strpos(lower(attributes ->> %(key)s::text), lower(%(search)s::text)) > 0
group by 1
order by 2 desc, 1
limit 50
