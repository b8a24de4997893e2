-- Keeps the rows that were refused while reading, or taken without a cell, with their cells. Writes import_rejects.
insert into import_rejects (import_id, workspace_id, line, taken, reason, field, raw)
select %(import_id)s, %(workspace_id)s, line, reason is null, coalesce(reason, note), coalesce(field, ''), raw
from import_rows
where (reason is not null or note is not null) and raw is not null
order by line
on conflict do nothing
