-- Gives people one value of an attribute: a JSON object of one key, in which null forgets.
-- {people} becomes the query of their ids. Who has it so already, erased people and other workspaces' people are left out.
-- Writes people. Relies on people's primary key. The rows changed are counted.
update people p
set attributes = jsonb_strip_nulls(p.attributes || %(news)s::jsonb), updated_at = now()
where p.id in ({people}) and p.workspace_id = %(workspace_id)s and p.erased_at is null
    and jsonb_strip_nulls(p.attributes || %(news)s::jsonb) <> p.attributes
