-- Finds open steps that are due within a day, or overdue, and of which nobody was told yet, in every workspace.
-- Stand-ins are told once it is overdue.
select r.workspace_id, r.id, r.title, s.id as step_id, s.due_at, s.due_at <= %(now)s as overdue,
       case when s.kind = 'draft' then array_remove(array[r.asked_by], null)
            else coalesce((select array_agg(p.person)
                           from review_seats seat
                           left join templates t on r.kind = 'template' and t.id = r.content_id
                           cross join lateral (values (seat.user_id), (case when s.due_at <= %(now)s then seat.stand_in_id end))
                               p(person)
                           where seat.step_id = s.id and p.person is not null
                             and (seat.answer = 'yes' and seat.version = coalesce(t.version, 1)) is not true),
                          '{}'::uuid[])
       end as people
from reviews r
join review_steps s on s.review_id = r.id and s.position = r.step
where r.state = 'open' and s.done_at is null
  and ((s.due_at <= %(now)s and s.reminded < 2) or (s.due_at <= %(now)s + interval '1 day' and s.reminded < 1))
order by s.due_at
limit 500
