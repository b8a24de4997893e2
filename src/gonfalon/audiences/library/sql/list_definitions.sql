-- The manual: audiences in use with what is written of them, the ideal and the main ones first; one of them, or all.
-- Reads audiences (ix_audiences_workspace), audience_definitions, audience_sizes (pk_audience_sizes), users,
-- touchpoints. due_on: a quarter after somebody looked at it, or after it was made.
select a.id, a.kind, a.name, a.description, a.rule, a.created_at, s.size, u.id as owner_id, u.name as owner_name,
    (
        select count(*) from audiences b
        where b.workspace_id = a.workspace_id and b.archived_at is null
            and b.references @> array['audience:' || a.id::text]
    ) + (
        select count(*) from touchpoints t
        where t.audience_id = a.id and t.workspace_id = a.workspace_id and t.archived_at is null
    ) as uses,
    coalesce(d.main, false) as main, coalesce(d.ideal, false) as ideal, coalesce(d.source, '') as source,
    coalesce(d.problem, '') as problem, coalesce(d.frustration, '') as frustration, coalesce(d.pays, '') as pays,
    coalesce(d.evidence, '') as evidence, d.reviewed_on, coalesce(d.version, 0) as version,
    (coalesce(d.reviewed_on, (a.created_at at time zone %(zone)s)::date) + interval '3 months')::date as due_on,
    coalesce(d.reviewed_on, (a.created_at at time zone %(zone)s)::date) + interval '3 months' <= %(today)s as overdue
from audiences a
left join audience_definitions d on d.id = a.id
left join users u on u.id = d.owner_id
left join lateral (
    select z.size from audience_sizes z where z.audience_id = a.id order by z.day desc limit 1
) s on true
where a.workspace_id = %(workspace)s and a.archived_at is null
    and (%(audience)s::uuid is null or a.id = %(audience)s)
order by coalesce(d.ideal, false) desc, coalesce(d.main, false) desc, lower(a.name), a.id
limit %(most)s
