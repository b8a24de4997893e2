-- New people who somebody else made between matching and inserting: their rows are reported, to be imported again.
-- all workspaces: the stage is a temporary table and holds one import, of one workspace.
with raced as (
    update import_people i
    set fault = 'raced'
    where i.is_new and i.fault is null and not exists (select from people p where p.id = i.person_id)
    returning line
)
update import_rows r
set reason = 'raced', field = ''
from raced
where r.line = raced.line
