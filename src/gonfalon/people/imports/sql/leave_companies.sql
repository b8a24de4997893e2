-- Takes out of companies whom an undone import put into them. Writes company_members. Relies on ix_company_members_xid.
delete from company_members where xid = %(transaction)s::text::xid8 and workspace_id = %(workspace_id)s
