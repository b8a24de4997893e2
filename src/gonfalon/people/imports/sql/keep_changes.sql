-- Keeps what an import changed in people who were known, for undoing it. Writes import_changes.
insert into import_changes (import_id, person_id, workspace_id, before, after)
select %(import_id)s, person_id, %(workspace_id)s, before, after
from import_edits
order by person_id
