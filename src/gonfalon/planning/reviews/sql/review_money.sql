-- What campaigns cost and ordered in a period, and what was used of their plans at its end; those over their plan first.
-- Writes nothing. Relies on: ix_campaigns_workspace, ix_budget_lines_campaign_id, ix_spend_entries_day,
-- ix_spend_entries_line. Reversed orders and bills count against the day they were taken back on, so that weeks add up
-- to quarters. Lines hold what is used now, so what later entries did to them is taken back; plans have no history.
with seen as materialized (
    select c.id, c.name, c.starts_on, c.ends_on, c.state
    from campaigns c
    where c.workspace_id = %(workspace)s and c.state <> 'archived'
      and (%(guest)s::uuid is null or exists (
          select from campaign_members m
          where m.campaign_id = c.id and m.workspace_id = c.workspace_id and m.user_id = %(guest)s))
), later as (
    select e.line_id, e.kind, e.commitment_id, e.counted_minor
    from spend_entries e
    where e.workspace_id = %(workspace)s and e.day > %(last)s
), later_spent as (
    select line_id, sum(counted_minor) as minor from later where kind <> 'commitment' group by line_id
), orders as ( -- of those that later entries made or settled: what was open of each at the end, and what is now
    select e.line_id,
           sum(case when e.kind = 'commitment' then e.counted_minor else -e.counted_minor end) as open_now,
           sum(case when e.kind = 'commitment' then e.counted_minor else -e.counted_minor end)
               filter (where e.day <= %(last)s) as open_then
    from spend_entries e
    where e.workspace_id = %(workspace)s
      and (e.line_id, e.commitment_id) in (select line_id, commitment_id from later where commitment_id is not null)
    group by e.line_id, e.commitment_id
), later_committed as (
    select line_id, sum(greatest(open_now, 0) - greatest(coalesce(open_then, 0), 0)) as minor
    from orders
    group by line_id
), lines as (
    select l.campaign_id, l.planned_minor, l.spent_minor - coalesce(s.minor, 0) as spent_minor,
           l.committed_minor - coalesce(c.minor, 0) as committed_minor
    from budget_lines l
    left join later_spent s on s.line_id = l.id
    left join later_committed c on c.line_id = l.id
    where l.workspace_id = %(workspace)s
), plans as (
    select campaign_id, sum(planned_minor)::bigint as planned_minor, sum(committed_minor)::bigint as committed_minor,
           sum(spent_minor)::bigint as spent_minor,
           count(*) filter (where spent_minor + committed_minor > planned_minor) as lines_over
    from lines
    group by campaign_id
), period as (
    select e.campaign_id,
           coalesce(sum(e.counted_minor) filter (where e.kind <> 'commitment'), 0)::bigint as spent_minor,
           coalesce(sum(e.counted_minor) filter (where e.kind = 'commitment'), 0)::bigint as ordered_minor
    from spend_entries e
    where e.workspace_id = %(workspace)s and e.day between %(first)s and %(last)s
    group by e.campaign_id
), begun as ( -- by what they did, whatever their first day says
    select t.campaign_id
    from touchpoints t
    where t.workspace_id = %(workspace)s
      and (t.launched_at < %(until)s or t.done_on <= %(last)s)
    group by t.campaign_id
), listed as (
    select s.id as campaign_id, s.name, s.starts_on, s.ends_on,
           coalesce(p.spent_minor, 0) as period_spent_minor, coalesce(p.ordered_minor, 0) as period_ordered_minor,
           m.planned_minor, m.committed_minor, m.spent_minor, m.lines_over,
           greatest(m.spent_minor + m.committed_minor - m.planned_minor, 0) as over_minor
    from seen s
    join plans m on m.campaign_id = s.id
    left join period p on p.campaign_id = s.id
    where p.campaign_id is not null
       or (s.state = 'running' and s.id in (select campaign_id from begun)
           and (s.ends_on is null or s.ends_on >= %(first)s))
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
