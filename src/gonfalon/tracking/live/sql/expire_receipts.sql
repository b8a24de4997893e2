-- Deletes what came more than a day ago. Writes receipts by ix_receipts_at.
-- all workspaces: what is kept for a day is so in each.
delete from receipts where at < now() - interval '1 day'
