-- Writes the faults found while matching back to the stage, for the report.
update import_rows r
set reason = i.fault, field = ''
from import_people i
where i.fault is not null and r.line = i.line
