-- Sums budgets for each campaign (its parts included), channel, goal, resource, month or quarter, and over all of them.
-- Writes nothing. Relies on: ix_campaigns_workspace, ix_budget_lines_campaign_id, ix_spend_entries_day.
-- Takes 0.5 s by campaign and 2 s by month for 2,000 campaigns of 20 lines and 200,000 entries, on two busy cores.
-- A plan that is spread over time is split into months by largest remainder, as rules.sum_of_parts does: with n parts of
-- which k are over, (total / n) * k + least(k, total mod n); so months sum to the line exactly.
with recursive seen as materialized (
    select c.id, c.parent_id, c.name, c.starts_on, c.ends_on
    from campaigns c
    where c.workspace_id = %(workspace)s
      and case when %(state)s::text is null then c.state <> 'archived' else c.state = %(state)s end
      and (%(guest)s::uuid is null or exists (
          select from campaign_members m
          where m.campaign_id = c.id and m.workspace_id = c.workspace_id and m.user_id = %(guest)s))
), shown (key, id, deep) as (
    select s.id, s.id, true
    from seen s
    where case when %(parent)s::uuid is null then not exists (select from seen p where p.id = s.parent_id)
               else s.parent_id = %(parent)s end
    union all
    select s.id, s.id, false from seen s where s.id = %(parent)s
    union all
    select t.key, s.id, true from shown t join seen s on s.parent_id = t.id where t.deep
), lines as materialized (
    select l.id, shown.key as campaign, not shown.deep as own, l.resource, coalesce(g.metric, '') as goal,
           coalesce(nullif(l.channel, ''), t.channel, only_one.channel, '') as channel,
           l.planned_minor, coalesce(l.approved_minor, 0) as approved_minor, l.committed_minor, l.spent_minor,
           case when l.starts_on is not null then l.spread else 'daily' end as spread,
           coalesce(l.starts_on, s.starts_on) as starts_on,
           case when l.starts_on is null then s.ends_on
                when l.spread = 'once' then l.starts_on
                else coalesce(l.ends_on, l.starts_on) end as ends_on
    from shown
    join seen s on s.id = shown.id
    join budget_lines l on l.campaign_id = shown.id and l.workspace_id = %(workspace)s
    left join goals g on g.campaign_id = shown.id and g.workspace_id = %(workspace)s
    left join tasks k on k.id = l.task_id
    left join touchpoints t on t.id = k.touchpoint_id
    left join (
        select campaign_id, min(channel) as channel from touchpoints
        where workspace_id = %(workspace)s group by campaign_id having count(distinct channel) = 1
    ) only_one on only_one.campaign_id = shown.id
    where %(resource)s::text is null or l.resource = %(resource)s
), chosen as materialized (
    select * from lines
    where (%(channel)s::text is null or channel = %(channel)s) and (%(goal)s::text is null or goal = %(goal)s)
), parts as (
    select c.*, date_trunc('month', c.starts_on)::date as begins,
           case c.spread when 'once' then 1
                when 'monthly' then (date_part('year', c.ends_on) * 12 + date_part('month', c.ends_on)
                     - date_part('year', c.starts_on) * 12 - date_part('month', c.starts_on))::bigint + 1
                else c.ends_on - c.starts_on + 1 end::bigint as n
    from chosen c
    where %(sliced)s and c.starts_on is not null and c.ends_on >= c.starts_on
), months as (
    select p.*, m.month::date as month,
           case p.spread when 'daily' then greatest(m.month::date - p.starts_on, 0) else m.i - 1 end::bigint as before,
           case p.spread when 'daily' then least((m.month + interval '1 month')::date - p.starts_on, p.n)
                else m.i end::bigint as after
    from parts p
    cross join lateral generate_series(p.begins::timestamp, p.ends_on::timestamp, interval '1 month')
        with ordinality as m (month, i)
), orders as (
    select e.line_id, min(e.day) filter (where e.id = e.commitment_id) as day,
           greatest(sum(case when e.kind = 'commitment' then e.counted_minor else -e.counted_minor end), 0) as minor
    from spend_entries e
    where %(sliced)s and e.workspace_id = %(workspace)s and e.commitment_id is not null
    group by e.line_id, e.commitment_id
), facts as (
    select id, campaign, own, resource, goal, channel, null::date as month,
           planned_minor, approved_minor, committed_minor, spent_minor
    from chosen where not %(sliced)s
    union all
    select id, campaign, own, resource, goal, channel, month,
           (planned_minor / n) * (after - before) + least(after, planned_minor %% n) - least(before, planned_minor %% n),
           (approved_minor / n) * (after - before) + least(after, approved_minor %% n)
               - least(before, approved_minor %% n), 0, 0
    from months
    union all
    select id, campaign, own, resource, goal, channel, null, planned_minor, approved_minor, 0, 0
    from chosen where %(sliced)s and (starts_on is null or ends_on is null or ends_on < starts_on)
    union all
    select c.id, c.campaign, c.own, c.resource, c.goal, c.channel, date_trunc('month', o.day)::date, 0, 0, o.minor, 0
    from orders o join chosen c on c.id = o.line_id where o.minor > 0
    union all
    select c.id, c.campaign, c.own, c.resource, c.goal, c.channel, e.month, 0, 0, 0, e.minor
    from (
        select line_id, date_trunc('month', day)::date as month, sum(counted_minor) as minor
        from spend_entries
        where %(sliced)s and workspace_id = %(workspace)s and kind <> 'commitment'
        group by 1, 2
    ) e join chosen c on c.id = e.line_id
), keyed as (
    select case %(by)s when 'campaign' then campaign::text when 'channel' then channel when 'goal' then goal
                when 'resource' then resource when 'month' then coalesce(month::text, '')
                else coalesce(date_trunc('quarter', month)::date::text, '') end as key,
           id, own, sum(planned_minor) as planned, sum(approved_minor) as approved,
           sum(committed_minor) as committed, sum(spent_minor) as spent
    from facts
    where (%(first)s::date is null or month >= %(first)s) and (%(last)s::date is null or month <= %(last)s)
    group by 1, 2, 3
), summed as (
    -- Lines are counted in two steps: counting distinct ones in one would sort every fact.
    select key, bool_or(own) as own, count(*) as lines, sum(planned)::bigint as planned,
           sum(approved)::bigint as approved, sum(committed)::bigint as committed, sum(spent)::bigint as spent
    from keyed group by key
), sizes as (
    select key::text as key, count(*) - 1 as parts from shown where %(by)s = 'campaign' and deep group by key
), grouped as (
    select m.*, coalesce(c.name, '') as label, coalesce(sizes.parts, 0) as parts,
           -- The largest plan first; months and quarters in their order, what has no day last.
           case when %(by)s in ('month', 'quarter')
                then -coalesce(nullif(m.key, '')::date - date '1900-01-01', 1000000) else m.planned end as rank
    from summed m
    left join campaigns c on %(by)s = 'campaign' and c.workspace_id = %(workspace)s and c.id::text = m.key
    left join sizes on sizes.key = m.key
    where %(words)s = '' or c.name ilike %(words)s
), counted as (
    select g.*, sum(planned) over ()::bigint as all_planned, sum(approved) over ()::bigint as all_approved,
           sum(committed) over ()::bigint as all_committed, sum(spent) over ()::bigint as all_spent,
           sum(lines) over ()::bigint as all_lines, count(*) over () as all_groups
    from grouped g
)
select * from counted
where %(after_rank)s::bigint is null or (-rank, key) > (-%(after_rank)s::bigint, %(after_key)s::text)
order by rank desc, key
limit %(limit)s
