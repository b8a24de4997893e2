-- What happened in a campaign: lines of the audit trail and comments, the newest first, after a cursor.
-- Reads audit_entries (ix_audit_entries_campaign; ix_audit_entries_target for lines of rooms that know touchpoints but no
-- campaigns, such as delivery's), comments (ix_comments_campaign) and the campaign's touchpoints; each at most a page.
-- The audit lines of comments are left out: the comments themselves are there.
with done as (
    select a.id, a.at, a.actor_name as actor, a.action, a.target_type as thing_kind, a.target_id as thing_id,
        a.target_name as title, a.details
    from audit_entries a
    where a.workspace_id = %(workspace_id)s
        and a.campaign_id = %(campaign_id)s
        and a.action not like 'comment.%%'
        and a.at <= coalesce(%(at)s::timestamptz, 'infinity')
        and (%(at)s::timestamptz is null or (a.at, 'audit', lpad(a.id::text, 20, '0')) < (%(at)s, %(source)s, %(key)s))
    order by a.at desc, a.id desc
    limit %(limit)s
),
sent as (
    select a.id, a.at, a.actor_name as actor, a.action, a.target_type as thing_kind, a.target_id as thing_id,
        coalesce(a.target_name, t.name) as title, a.details
    from touchpoints t
    join audit_entries a
        on a.workspace_id = %(workspace_id)s and a.target_type = 'touchpoint' and a.target_id = t.id::text
    where t.workspace_id = %(workspace_id)s
        and t.campaign_id = %(campaign_id)s
        and a.campaign_id is null
        and a.at <= coalesce(%(at)s::timestamptz, 'infinity')
        and (%(at)s::timestamptz is null or (a.at, 'audit', lpad(a.id::text, 20, '0')) < (%(at)s, %(source)s, %(key)s))
    order by a.at desc, a.id desc
    limit %(limit)s
),
said as (
    select c.created_at as at, 'comment' as source, c.id::text as key, coalesce(u.name, c.author_name) as actor,
        'comment.added' as action, c.thing_kind, c.thing_id::text as thing_id, null::text as title, c.body, '{}'::jsonb as details
    from comments c
    left join users u on u.id = c.author_id
    where c.workspace_id = %(workspace_id)s
        and c.campaign_id = %(campaign_id)s
        and c.removed_at is null
        and c.created_at <= coalesce(%(at)s::timestamptz, 'infinity')
        and (%(at)s::timestamptz is null or (c.created_at, 'comment', c.id::text) < (%(at)s, %(source)s, %(key)s))
    order by c.created_at desc, c.id desc
    limit %(limit)s
)
select at, source, key, actor, action, thing_kind, thing_id, title, body, details
from said
union all
select at, 'audit', lpad(id::text, 20, '0'), actor, action, thing_kind, thing_id, title, null, details
from (table done union all table sent) lines
order by at desc, source desc, key desc
limit %(limit)s
