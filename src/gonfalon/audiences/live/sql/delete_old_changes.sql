-- Forgets entering and leaving of more than a year ago. Writes membership_changes.
-- all workspaces: a task of the night, the same for everybody
delete from membership_changes where at < %(before)s
