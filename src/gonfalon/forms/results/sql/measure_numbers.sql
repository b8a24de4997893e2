-- Mean, median and the three parts of a recommendation scale (9–10, 7–8, 0–6), by field and group.
-- The groups come from group_answers.sql.
-- all workspaces: the groups bind it.
with form_groups as (
{groups}
)
select
    s.key as field,
    g."group",
    count(*)::int as answers,
    avg((s.value #>> '{}')::numeric)::float8 as mean,
    percentile_cont(0.5) within group (order by (s.value #>> '{}')::float8) as median,
    (count(*) filter (where (s.value #>> '{}')::numeric >= 9))::int as promoters,
    (count(*) filter (where (s.value #>> '{}')::numeric in (7, 8)))::int as passives,
    (count(*) filter (where (s.value #>> '{}')::numeric <= 6))::int as detractors
from form_groups g
cross join lateral jsonb_each(g.values) as s (key, value)
where s.key = any (%(fields)s) and jsonb_typeof(s.value) = 'number'
group by s.key, g."group"
order by s.key, g."group"
