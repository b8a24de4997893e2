-- A line of a campaign's budget with what the price of its new plan depends on: how the workspace counts, the newest
-- rate of the wanted currency at or before the day, and the wanted deliverable if it is the campaign's. Reads only.
select
    l.*,
    coalesce(s.counts, 'net') as counts,
    r.day as rate_since,
    r.rate as rate_then,
    t.id as wanted_task_id,
    t.name as wanted_task_name
from budget_lines l
left join budget_settings s on s.workspace_id = l.workspace_id
left join tasks t on t.id = %(task)s::uuid and t.campaign_id = l.campaign_id and t.workspace_id = l.workspace_id
left join lateral (
    select e.day, e.rate
    from exchange_rates e
    where e.workspace_id = l.workspace_id and e.currency = %(currency)s and e.day <= %(day)s
    order by e.day desc
    limit 1
) r on true
where l.id = %(line)s and l.campaign_id = %(campaign)s and l.workspace_id = %(workspace)s
