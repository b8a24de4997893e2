-- Writes the faults found while matching back to the stage, for the report.
-- all workspaces: the stage is a temporary table and holds one import, of one workspace.
update import_rows r
set reason = i.fault, field = ''
from import_people i
where i.fault is not null and r.line = i.line
