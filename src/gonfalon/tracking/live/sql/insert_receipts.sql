-- Writes what came in the last second, in the order in which it came. Writes receipts.
insert into receipts
    (workspace_id, key_id, at, kind, name, outcome, code, details, changes, message, understood)
select %(workspace_id)s, r.key_id, r.at, r.kind, r.name, r.outcome, r.code, r.details, r.changes, r.message, r.understood
from rows from (
    jsonb_to_recordset(%(rows)s::jsonb) as (
        key_id uuid, at timestamptz, kind text, name text, outcome text, code text, details jsonb, changes jsonb,
        message jsonb, understood jsonb
    )
) with ordinality as r
order by r.ordinality
