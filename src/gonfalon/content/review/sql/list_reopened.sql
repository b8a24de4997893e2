-- Finds passed reviews of which a later version was saved, in every workspace.
select r.workspace_id, r.id
from reviews r
join templates t on t.id = r.content_id and t.workspace_id = r.workspace_id
where r.kind = 'template' and r.state = 'passed' and r.passed_version < t.version
order by r.id
limit 500
