-- Takes people off every fixed list. Snapshots stay: they hold numbers of people only, and audiences were that large.
-- Writes list_members. Relies on ix_list_members_person_id.
delete from list_members where person_id = any (%(person_ids)s) and workspace_id = %(workspace_id)s
