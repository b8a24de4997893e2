-- Removes the addresses of erased people from those that take test messages.
-- Parameters: workspace_id, person_ids.
delete from test_addresses t
using people p
where t.workspace_id = %(workspace_id)s
  and p.workspace_id = %(workspace_id)s
  and p.id = any (%(person_ids)s)
  and t.address = p.email
