-- How many answers chose each value of the counted fields, by group. The groups come from group_answers.sql.
-- all workspaces: the groups bind it.
with form_groups as (
{groups}
)
select said.field, said.row, said.value, said."group", count(distinct said.id)::int as answers
from (
    -- One value, several, or the visitor's own words in the place of one.
    select g.id, g."group", s.key as field, '' as row,
        case jsonb_typeof(part) when 'object' then 'other' else part #>> '{}' end as value
    from form_groups g
    cross join lateral jsonb_each(g.values) as s (key, value)
    cross join lateral jsonb_array_elements(
        case jsonb_typeof(s.value) when 'array' then s.value else jsonb_build_array(s.value) end
    ) as part
    where s.key = any (%(fields)s) and not s.key = any (%(matrices)s)
    union all
    -- A matrix has one value a line.
    select g.id, g."group", s.key, line.key, line.value
    from form_groups g
    cross join lateral jsonb_each(g.values) as s (key, value)
    cross join lateral jsonb_each_text(s.value) as line
    where s.key = any (%(matrices)s) and jsonb_typeof(s.value) = 'object'
) as said
group by said.field, said.row, said.value, said."group"
order by said.field, said.row, said.value, said."group"
