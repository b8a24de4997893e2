-- Personas with their audience, the size it was last counted at, and the number of their notes; one of them, or all.
-- Reads personas (ix_personas_workspace), audiences, users, audience_sizes (pk_audience_sizes), persona_notes
-- (ix_persona_notes_persona). due_on: a quarter after somebody looked at it, or after it was made.
select p.id, p.name, p.summary, p.portrait, p.drifts, p.reviewed_on, p.version, p.created_at, p.updated_at,
    p.updated_by, p.archived_at, a.id as audience_id, a.name as audience_name,
    a.archived_at is not null as audience_archived, u.id as owner_id, u.name as owner_name, s.size,
    (select max(f.day) from persona_figures f where f.persona_id = p.id) as measured_on,
    (select count(*) from persona_notes n where n.persona_id = p.id) as notes,
    (coalesce(p.reviewed_on, (p.created_at at time zone %(zone)s)::date) + interval '3 months')::date as due_on,
    coalesce(p.reviewed_on, (p.created_at at time zone %(zone)s)::date) + interval '3 months' <= %(today)s as overdue
from personas p
left join audiences a on a.id = p.audience_id
left join users u on u.id = p.owner_id
left join lateral (
    select z.size from audience_sizes z where z.audience_id = a.id order by z.day desc limit 1
) s on true
where p.workspace_id = %(workspace)s and (%(persona)s::uuid is null or p.id = %(persona)s)
    and (%(persona)s::uuid is not null or (p.archived_at is not null) = %(archived)s)
    and (%(audience)s::uuid is null or p.audience_id = %(audience)s)
order by lower(p.name), p.id
