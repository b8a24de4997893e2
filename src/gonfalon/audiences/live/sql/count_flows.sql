-- How many people entered and left an audience on each day of the workspace's zone, of the last so many days.
-- Reads membership_changes. Relies on ix_membership_changes_audience.
select (c.at at time zone %(zone)s)::date as day,
    count(*) filter (where c.entered) as entered,
    count(*) filter (where not c.entered) as left
from membership_changes c
where c.workspace_id = %(workspace)s and c.audience_id = %(audience)s and c.at >= %(since)s
group by 1
order by 1
