-- How many mails hold each of the workspace's shared rows, by their newest versions. Reads one version a template.
select r.id, r.name, r.version, r.source,
       count(v.template_id) as mails
from shared_rows r
left join templates t on t.workspace_id = r.workspace_id and t.archived_at is null
left join template_versions v
    on v.template_id = t.id and v.number = t.version and strpos(v.source, %(before)s || r.id || %(behind)s) > 0
where r.workspace_id = %(workspace_id)s and r.archived_at is null
group by r.id, r.name, r.version, r.source
order by r.name, r.id
