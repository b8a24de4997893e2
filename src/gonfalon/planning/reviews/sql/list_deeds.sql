-- What happened in campaigns in a period: how many changes and comments, by how many people, and of what is worth telling
-- (%(notable)s: launches, approvals, moves, states) the newest lines, at most %(most)s a campaign.
-- Writes nothing. Relies on ix_audit_entries_workspace (lines without a campaign find it through their touchpoint) and
-- ix_comments_campaign. %(guest)s: only campaigns that this member has a part in.
with lines as (
    select coalesce(a.campaign_id, t.campaign_id) as campaign_id, a.id, a.at, a.actor_name as actor, a.action,
           a.target_type as thing_kind, a.target_id as thing_id, coalesce(a.target_name, t.name) as title, a.details
    from audit_entries a
    left join touchpoints t
        on t.workspace_id = %(workspace)s and a.target_type = 'touchpoint' and t.id::text = a.target_id
    where a.workspace_id = %(workspace)s and a.at >= %(since)s and a.at < %(until)s
      and a.action not like 'comment.%%' and (a.campaign_id is not null or t.id is not null)
), said as (
    select c.campaign_id, c.author_name as actor
    from comments c
    where c.workspace_id = %(workspace)s and c.campaign_id is not null and c.removed_at is null
      and c.created_at >= %(since)s and c.created_at < %(until)s
), counts as (
    select campaign_id, sum(change) as changes, sum(1 - change) as comments, count(distinct actor) as people,
           sum(notable) as notable
    from (
        select campaign_id, actor, 1 as change, (action = any (%(notable)s))::int as notable from lines
        union all
        select campaign_id, actor, 0, 0 from said
    ) everything
    group by campaign_id
    order by sum(notable) desc, sum(change) desc, campaign_id
    limit 200
), told as (
    select l.*, row_number() over (partition by l.campaign_id order by l.at desc, l.id desc) as number
    from lines l
    where l.action = any (%(notable)s)
)
select c.id as campaign_id, c.name, n.changes, n.comments, n.people, n.notable,
       t.at as line_at, 'audit' as line_source, t.id::text as line_key, t.actor as line_actor, t.action as line_action,
       t.thing_kind as line_thing_kind, t.thing_id as line_thing_id, t.title as line_title, null::text as line_body,
       t.details as line_details
from counts n
join campaigns c on c.id = n.campaign_id and c.workspace_id = %(workspace)s
left join told t on t.campaign_id = n.campaign_id and t.number <= %(most)s
where %(guest)s::uuid is null or exists (
    select from campaign_members m
    where m.campaign_id = c.id and m.workspace_id = c.workspace_id and m.user_id = %(guest)s)
order by n.notable desc, n.changes desc, c.id, t.at desc, t.id desc
