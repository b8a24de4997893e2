-- Removes the address of an erased person from those that take test messages.
-- Parameters: workspace_id, person_id.
delete from test_addresses t
using people p
where t.workspace_id = %(workspace_id)s
  and p.workspace_id = %(workspace_id)s
  and p.id = %(person_id)s
  and t.address = p.email
