-- How much happened in each campaign between two moments: changes, comments, and how many people took part.
-- Reads audit_entries (ix_audit_entries_workspace; lines without a campaign find it through their touchpoint), comments
-- (ix_comments_campaign) and the campaigns' names.
with lines as (
    select coalesce(a.campaign_id, t.campaign_id) as campaign_id, a.actor_name as who, 1 as changes, 0 as comments
    from audit_entries a
    left join touchpoints t
        on t.workspace_id = %(workspace_id)s and a.campaign_id is null and a.target_type = 'touchpoint'
        and t.id::text = a.target_id
    where a.workspace_id = %(workspace_id)s
        and a.at >= %(since)s and a.at <= %(until)s
        and (a.campaign_id is not null or a.target_type = 'touchpoint')
        and a.action not like 'comment.%%'
    union all
    select c.campaign_id, c.author_name, 0, 1
    from comments c
    where c.workspace_id = %(workspace_id)s and c.campaign_id is not null and c.removed_at is null
        and c.created_at >= %(since)s and c.created_at <= %(until)s
)
select p.id as campaign_id, p.name, sum(l.changes) as changes, sum(l.comments) as comments,
    count(distinct l.who) as people
from lines l
join campaigns p on p.id = l.campaign_id and p.workspace_id = %(workspace_id)s
group by p.id, p.name
order by sum(l.changes) + sum(l.comments) desc, p.id
limit 200
