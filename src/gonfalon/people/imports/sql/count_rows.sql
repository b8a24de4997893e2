-- How the rows of an import came out: by reason ('' were taken), and of those taken how many are new.
-- all workspaces: the stage is a temporary table and holds one import, of one workspace.
select coalesce(r.reason, '') as reason, count(*) as rows, count(*) filter (where i.is_new) as new
from import_rows r
left join import_people i on i.line = r.line and i.fault is null
group by 1
order by 1
