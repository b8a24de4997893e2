-- Personas to measure: in use, with an audience in use, not measured since their workspace's Monday began.
-- all workspaces: the task of every hour is the same for everybody
-- Reads personas, audiences, workspaces, persona_figures (pk_persona_figures).
select p.workspace_id, p.id
from personas p
join workspaces w on w.id = p.workspace_id
join audiences a on a.id = p.audience_id and a.archived_at is null
where p.archived_at is null
    and not exists (
        select from persona_figures f
        where f.persona_id = p.id
            and f.day >= date_trunc('week', %(now)s::timestamptz at time zone w.time_zone)::date
    )
order by p.workspace_id, p.id
