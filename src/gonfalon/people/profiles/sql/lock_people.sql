-- Locks those of the chosen people who are there and not erased, in the order of their ids, at most so many.
-- {people}: one of our own queries for ids of people. Relies on the primary key of people.
select p.id
from people p
where p.workspace_id = %(workspace_id)s and p.erased_at is null and p.id in ({people})
order by p.id
limit %(most)s
for update
