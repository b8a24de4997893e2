-- The scores that are counted, workspace by workspace. Reads scores.
-- all workspaces: the job counts for everybody
select id, workspace_id
from scores
where state = 'running' and archived_at is null
order by workspace_id, id
