-- A workspace's sources by name, each with the last sign of what brings its data.
-- Reads sources by ix_sources_workspace_id, signals and answers by their keys' and forms' indexes. Writes nothing.
select
    s.id, s.name, s.kind, s.owner_id, u.name as owner_name, s.legal_ground, s.note, s.quiet_hours, s.key_id,
    seen.last_at,
    s.quiet_hours is not null
        and coalesce(seen.last_at, s.created_at) < now() - make_interval(hours => s.quiet_hours) as silent,
    s.told_at, s.version, s.updated_at, s.updated_by
from sources s
left join users u on u.id = s.owner_id
cross join lateral (
    select max(at) as last_at
    from source_links l
    cross join lateral (
        select max(g.last_at) as at from signals g where l.kind = 'key' and g.key_id = l.ref and g.kept > 0
        union all
        select max(a.at) from form_answers a where l.kind = 'form' and a.form_id = l.ref
        union all
        select i.finished_at from imports i where l.kind = 'import' and i.id = l.ref
    ) signs
    where l.source_id = s.id and l.workspace_id = s.workspace_id
) seen
where s.workspace_id = %(workspace_id)s and (%(source_id)s::uuid is null or s.id = %(source_id)s)
order by lower(s.name), s.id
limit %(limit)s
