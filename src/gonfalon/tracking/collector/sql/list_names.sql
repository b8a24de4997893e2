-- The names of a workspace's newest 200,000 events and how often each occurs among them.
-- Reads: events, backwards along the primary key.
select name, count(*) as number
from (select name from events where workspace_id = %(workspace_id)s order by id desc limit 200000) newest
group by name
order by number desc, name
limit 500
