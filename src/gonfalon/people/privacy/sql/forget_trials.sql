-- Takes what imports would do, which names people, out of all that have not begun. Writes imports.
update imports set trial = null where workspace_id = %(workspace_id)s and trial is not null
