-- Campaigns under way in a period, by what they did: something of them was launched or carried out before its end, and
-- they were not over before it (one whose last day is past is, unless something of it is still being sent); or by
-- their days, begun or not. Writes nothing. Relies on ix_campaigns_workspace and the
-- index of touchpoints by campaign. begun_at: the first launch; launched: how many touchpoints went out in the period.
with did as (
    select t.campaign_id, coalesce(t.launched_at, t.done_on::timestamp at time zone %(zone)s) as at
    from touchpoints t
    where t.workspace_id = %(workspace)s and (t.launched_at is not null or t.done_on is not null)
), sending as (
    select t.campaign_id
    from touchpoints t
    left join dispatches d on d.touchpoint_id = t.id
    where t.workspace_id = %(workspace)s and t.launched_at is not null
      and (d.id is null or d.state in ('preparing', 'running', 'paused', 'held'))
), begun as (
    select campaign_id, min(at) as begun_at, max(at) as last_at, count(*) filter (where at >= %(since)s) as launched
    from did
    where at < %(until)s
    group by campaign_id
)
select c.id as campaign_id, b.begun_at, coalesce(b.launched, 0) as launched
from campaigns c
left join begun b on b.campaign_id = c.id
where c.workspace_id = %(workspace)s and c.state <> 'archived'
  and (%(guest)s::uuid is null or exists (
      select from campaign_members m
      where m.campaign_id = c.id and m.workspace_id = c.workspace_id and m.user_id = %(guest)s))
  and ((b.begun_at is not null and (
            c.ends_on >= %(first)s or b.last_at >= %(since)s
            or (c.state = 'running' and (c.ends_on is null or c.id in (select campaign_id from sending)))))
       or (c.starts_on <= %(last)s and (c.ends_on >= %(first)s or (c.ends_on is null and c.state = 'running'))))
order by b.begun_at nulls last, c.id
