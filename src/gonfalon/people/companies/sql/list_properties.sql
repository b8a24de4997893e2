-- The properties of the newest thousand companies, the commonest first, with the commonest type of their values.
-- Reads companies. Relies on ix_companies_workspace.
select e.key as name, mode() within group (order by jsonb_typeof(e.value)) as type, count(*) as companies
from (
    select c.properties
    from companies c
    where c.workspace_id = %(workspace_id)s
    order by c.id desc
    limit 1000
) newest
cross join lateral jsonb_each(newest.properties) e
group by e.key
order by count(*) desc, e.key
limit 500
