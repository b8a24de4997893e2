-- A workspace's forms, the newest first, with how many answers each has by what became of them.
-- Reads forms by ix_forms_workspace, and of each form's answers ix_form_answers_form. Writes nothing.
select
    f.id, f.name, f.kind, f.state, f.definition, f.version, f.published, f.updated_at, f.updated_by, f.created_at,
    f.archived_at,
    f.published is null or v.definition is distinct from f.definition as changed,
    counted.taken, counted.waiting, counted.held, counted.answered_at
from forms f
left join form_versions v on v.form_id = f.id and v.number = f.published
cross join lateral (
    select
        count(*) filter (where a.state = 'taken') as taken,
        count(*) filter (where a.state = 'waiting') as waiting,
        count(*) filter (where a.state = 'held') as held,
        max(a.at) filter (where a.state = 'taken') as answered_at
    from form_answers a
    where a.form_id = f.id and a.workspace_id = f.workspace_id
) as counted
where f.workspace_id = %(workspace_id)s
    and (%(form_id)s::uuid is null or f.id = %(form_id)s::uuid)
    and (%(archived)s::boolean is null or (f.archived_at is not null) = %(archived)s)
    and (%(search)s = '' or strpos(lower(f.name), lower(%(search)s)) > 0)
    and (%(after)s::uuid is null or f.id < %(after)s::uuid)
order by f.id desc
limit %(limit)s
