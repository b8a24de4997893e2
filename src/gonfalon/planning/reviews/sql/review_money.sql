-- What campaigns cost and ordered in a period, and how their plans stand now; those over their plan first.
-- Writes nothing. Relies on: ix_campaigns_workspace, ix_budget_lines_campaign_id, ix_spend_entries_day.
-- Reversed orders and bills count against the day they were taken back on, so that weeks add up to quarters.
with seen as materialized (
    select c.id, c.name, c.starts_on, c.ends_on, c.state
    from campaigns c
    where c.workspace_id = %(workspace)s and c.state <> 'archived'
      and (%(guest)s::uuid is null or exists (
          select from campaign_members m
          where m.campaign_id = c.id and m.workspace_id = c.workspace_id and m.user_id = %(guest)s))
), plans as (
    select l.campaign_id, sum(l.planned_minor)::bigint as planned_minor,
           sum(l.committed_minor)::bigint as committed_minor, sum(l.spent_minor)::bigint as spent_minor,
           count(*) filter (where l.spent_minor + l.committed_minor > l.planned_minor) as lines_over
    from budget_lines l
    where l.workspace_id = %(workspace)s
    group by l.campaign_id
), period as (
    select e.campaign_id,
           coalesce(sum(e.counted_minor) filter (where e.kind <> 'commitment'), 0)::bigint as spent_minor,
           coalesce(sum(e.counted_minor) filter (where e.kind = 'commitment'), 0)::bigint as ordered_minor
    from spend_entries e
    where e.workspace_id = %(workspace)s and e.day between %(first)s and %(last)s
    group by e.campaign_id
), listed as (
    select s.id as campaign_id, s.name, s.starts_on, s.ends_on,
           coalesce(p.spent_minor, 0) as period_spent_minor, coalesce(p.ordered_minor, 0) as period_ordered_minor,
           m.planned_minor, m.committed_minor, m.spent_minor, m.lines_over,
           greatest(m.spent_minor + m.committed_minor - m.planned_minor, 0) as over_minor
    from seen s
    join plans m on m.campaign_id = s.id
    left join period p on p.campaign_id = s.id
    where p.campaign_id is not null
       or (s.starts_on <= %(last)s and (s.ends_on >= %(first)s or (s.ends_on is null and s.state = 'running')))
)
select l.*, count(*) over () as all_campaigns,
       sum(period_spent_minor) over ()::bigint as all_period_spent_minor,
       sum(period_ordered_minor) over ()::bigint as all_period_ordered_minor,
       sum(planned_minor) over ()::bigint as all_planned_minor,
       sum(committed_minor) over ()::bigint as all_committed_minor,
       sum(spent_minor) over ()::bigint as all_spent_minor
from listed l
order by over_minor desc, period_spent_minor desc, planned_minor desc, campaign_id
limit %(limit)s
