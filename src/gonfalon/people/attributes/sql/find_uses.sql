-- Audiences whose rule speaks of an attribute. Reads audiences; a workspace has hundreds of them at most.
select name
from audiences
where workspace_id = %(workspace_id)s and archived_at is null and %(key)s = any ("references")
order by name
limit 20
