-- Writes what came in the last second, in the order in which it came, but for what came before somebody of the
-- workspace was erased: it may name them, and the erasure could not delete what was not written yet.
-- Writes receipts. Reads people by ix_people_erased.
insert into receipts
    (workspace_id, key_id, at, kind, name, outcome, code, details, changes, message, understood)
select %(workspace_id)s, r.key_id, r.at, r.kind, r.name, r.outcome, r.code, r.details, r.changes, r.message, r.understood
from rows from (
    jsonb_to_recordset(%(rows)s::jsonb) as (
        key_id uuid, at timestamptz, kind text, name text, outcome text, code text, details jsonb, changes jsonb,
        message jsonb, understood jsonb
    )
) with ordinality as r
where not exists (
    select from people p where p.workspace_id = %(workspace_id)s and p.erased_at >= r.at
)
order by r.ordinality
