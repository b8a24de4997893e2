-- Workspaces that have audiences in use without a size of their present day, with that day.
-- all workspaces: the task of every hour is the same for everybody
-- Reads audiences, workspaces, audience_sizes. Relies on pk_audience_sizes.
select distinct w.id
from workspaces w
join audiences a on a.workspace_id = w.id and a.archived_at is null
where not exists (
    select from audience_sizes s
    where s.audience_id = a.id and s.day = (%(now)s at time zone w.time_zone)::date
)
order by w.id
