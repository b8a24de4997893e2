-- How many answers each group has. The groups come from group_answers.sql.
-- all workspaces: the groups bind it.
with form_groups as (
{groups}
)
select "group", count(*)::int as answers
from form_groups
group by "group"
order by "group"
