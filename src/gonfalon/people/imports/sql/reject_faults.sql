-- Writes what was found while matching back to the stage, for the report: faults, and numbers and ids of somebody else
-- that are left out. phone and external_id: what their columns are called.
-- all workspaces: the stage is a temporary table and holds one import, of one workspace.
update import_rows r
set reason = i.fault,
    note = case
        when i.fault is null
            then coalesce(r.note, case when i.phone_lost then 'phone_shared' when i.external_id_lost then 'id_shared' end)
    end,
    field = case
        when i.fault is not null then ''
        else concat_ws(
            ', ', r.field, case when i.phone_lost then %(phone)s end, case when i.external_id_lost then %(external_id)s end
        )
    end
from import_people i
where (i.fault is not null or i.phone_lost or i.external_id_lost) and r.line = i.line
