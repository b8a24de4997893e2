-- Takes people off a list. Writes list_members (its trigger leaves tombstones). Relies on uq_list_members.
delete from list_members
where workspace_id = %(workspace)s and audience_id = %(audience)s and person_id = any(%(ids)s)
