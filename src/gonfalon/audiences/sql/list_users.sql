-- What needs an audience: other audiences whose rules speak of it, and touchpoints, those still to be launched first.
-- A guest learns of touchpoints of campaigns they have a part in alone. Reads only. Relies on ix_audiences_references; a workspace has few touchpoints.
select kind, id, name, campaign_id, campaign, waiting
from (
    select 'audience' as kind, a.id, a.name, null::uuid as campaign_id, '' as campaign, true as waiting, null::timestamptz as at
    from audiences a
    where a.workspace_id = %(workspace_id)s
        and a.archived_at is null
        and %(guest)s::uuid is null
        and a."references" @> array['audience:' || %(audience_id)s::uuid::text]
    union all
    select 'touchpoint', t.id, t.name, c.id, c.name, t.launched_at is null, t.launched_at
    from touchpoints t
    join campaigns c on c.id = t.campaign_id
    where t.workspace_id = %(workspace_id)s and t.audience_id = %(audience_id)s::uuid and t.archived_at is null
        and (%(guest)s::uuid is null or exists (
            select from campaign_members m
            where m.campaign_id = c.id and m.workspace_id = c.workspace_id and m.user_id = %(guest)s::uuid))
) u
order by waiting desc, kind, at desc nulls first, lower(name), id
limit 200
