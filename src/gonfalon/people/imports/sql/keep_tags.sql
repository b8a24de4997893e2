-- Makes the tags that the file's rows carry known as tags of the workspace. Writes tags.
insert into tags (workspace_id, name)
select distinct %(workspace_id)s, t
from import_people i
cross join lateral jsonb_array_elements_text(i.tags) as t
where i.fault is null and (i.is_new or %(known_too)s)
order by 2
on conflict do nothing
