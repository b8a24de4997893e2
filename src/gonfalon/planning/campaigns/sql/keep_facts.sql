-- Keeps what rules of approvals ask about, as it is before somebody changes a campaign: its category and what it has at
-- stake (planned or, of a line where that is more, ordered and spent). Of one campaign, or of all of the workspace (null).
-- Writes campaign_facts; the same facts again only once an hour. Forgets those older than 30 days.
with present as (
    select c.id, c.workspace_id, c.category,
        coalesce(sum(greatest(l.planned_minor, l.committed_minor + l.spent_minor)), 0)::bigint as at_stake_minor
    from campaigns c
    left join budget_lines l on l.campaign_id = c.id and l.workspace_id = c.workspace_id
    where c.workspace_id = %(workspace)s and (%(campaign)s::uuid is null or c.id = %(campaign)s::uuid)
    group by c.id
), forgotten as (
    delete from campaign_facts f using present p
    where f.campaign_id = p.id and f.at < now() - interval '30 days'
        and (f.category, f.at_stake_minor) <> (p.category, p.at_stake_minor)
)
insert into campaign_facts (campaign_id, workspace_id, category, at_stake_minor)
select id, workspace_id, category, at_stake_minor from present
on conflict (campaign_id, category, at_stake_minor) do update set at = now()
where campaign_facts.at < now() - interval '1 hour'
