-- Lists reviews with what each waits for: the open step, its people who have not said yes to the newest version, since when.
-- A passed one whose content was saved since is open again, with its last step.
select
    r.id, r.kind, r.content_id, coalesce(t.name, a.name, r.title) as title, r.importance,
    case when r.state = 'passed' and r.passed_version < coalesce(t.version, 1) then 'open' else r.state end as state,
    r.state = 'passed' and r.passed_version < coalesce(t.version, 1) as reopened,
    s.position as step, s.kind as step_kind, s.due_at,
    coalesce(case when r.state = 'open' then s.begun_at end, s.done_at, r.changed_at) as since,
    (select count(*) from review_steps o where o.review_id = r.id and o.kind = s.kind and o.position <= s.position)
        as round,
    not exists (select 1 from review_steps o where o.review_id = r.id and o.kind = s.kind and o.position > s.position)
        as last,
    coalesce(t.version, 1) as version, r.passed_version, r.asked_by_name,
    case
        when r.state = 'ended' then '{}'::text[]
        when s.kind = 'draft' then array[r.asked_by_name]
        else coalesce(w.names, '{}'::text[])
    end as waits_for,
    case
        when r.state = 'ended' or (r.state = 'passed' and r.passed_version = coalesce(t.version, 1)) then false
        when s.kind = 'draft' then r.asked_by is not distinct from cast(%(me)s as uuid) and r.asked_by is not null
        else coalesce(w.mine, false)
    end as mine
from reviews r
join review_steps s on s.review_id = r.id and s.position = r.step
left join templates t on r.kind = 'template' and t.id = r.content_id and t.workspace_id = r.workspace_id
left join assets a on r.kind = 'asset' and a.id = r.content_id and a.workspace_id = r.workspace_id
left join lateral (
    select array_agg(u.name order by u.name) as names,
           bool_or(cast(%(me)s as uuid) in (seat.user_id, seat.stand_in_id)) as mine
    from review_seats seat
    join users u on u.id = seat.user_id
    where seat.step_id = s.id and (seat.answer = 'yes' and seat.version = coalesce(t.version, 1)) is not true
) w on true
where r.workspace_id = %(workspace_id)s
  and (cast(%(state)s as text) is null
       or cast(%(state)s as text)
          = case when r.state = 'passed' and r.passed_version < coalesce(t.version, 1) then 'open' else r.state end)
  and (cast(%(after)s as uuid) is null or r.id < cast(%(after)s as uuid))
order by r.id desc
limit %(limit)s
