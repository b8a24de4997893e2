-- Deletes the oldest receipts of a workspace beyond the number that is kept of each outcome.
-- Writes receipts by ix_receipts_workspace.
delete from receipts r
using (values ('kept'), ('twice'), ('refused')) as o (outcome)
where r.workspace_id = %(workspace_id)s and r.outcome = o.outcome
    and r.id <= (
        select id from receipts
        where workspace_id = %(workspace_id)s and outcome = o.outcome
        order by id desc offset %(most)s limit 1
    )
