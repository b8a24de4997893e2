-- Audiences whose rule speaks of an attribute, by the reference that audiences keep beside the rule (attribute:<key>).
-- Reads audiences; a workspace has hundreds of them at most.
select name
from audiences
where workspace_id = %(workspace_id)s and archived_at is null and %(reference)s = any ("references")
order by name
limit 20
