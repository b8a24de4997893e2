-- Takes off fixed lists whom one transaction put on them, an undone import's. Writes list_members. Relies on
-- ix_list_members_xid.
delete from list_members where xid = %(transaction)s::text::xid8 and workspace_id = %(workspace_id)s
