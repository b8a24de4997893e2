-- How the rows of an import came out: by reason ('' were taken), by note of those that were taken without a cell.
-- all workspaces: the stage is a temporary table and holds one import, of one workspace.
select coalesce(reason, '') as reason, case when reason is null then note end as note, count(*) as rows
from import_rows
group by 1, 2
order by 1, 2
