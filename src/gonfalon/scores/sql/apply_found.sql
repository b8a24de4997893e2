-- Makes what everybody has of a score what score_found says, and notes whose total and whose stage is another one.
-- Writes person_scores, score_history, score_moves, score_days. Rows that stay the same are not touched.
-- cause: why stages change. Whose points were not known before has moved from nowhere: nothing is noted of them.
-- Relies on uq_person_scores_score_id_person_id, pk_score_history. Erased people have no points.
with stages as (
    select name, coalesce(at_least, -2147483648) as at_least, n
    from unnest(%(names)s::text[], %(limits)s::int[]) with ordinality as s (name, at_least, n)
),
spans as (
    select name, n, at_least, coalesce(lead(at_least) over (order by n), 2147483647) as below
    from stages
),
found as (
    select f.person_id, f.fit::int as fit, f.engagement::int as engagement, (f.fit + f.engagement)::int as total,
        s.name as stage, s.n
    from score_found f
    join people p on p.id = f.person_id and p.workspace_id = %(workspace)s and p.erased_at is null
    join spans s on f.fit + f.engagement >= s.at_least and f.fit + f.engagement < s.below
),
changed as (
    select f.*, b.total as total_before, b.stage as stage_before
    from found f
    left join person_scores b on b.score_id = %(score)s and b.person_id = f.person_id
    where b.person_id is null
        or (b.fit, b.engagement, b.stage) is distinct from (f.fit, f.engagement, f.stage)
),
gone as (
    delete from person_scores k
    where k.score_id = %(score)s and k.workspace_id = %(workspace)s
        and not exists (select from found f where f.person_id = k.person_id)
),
kept as (
    insert into person_scores as k (workspace_id, score_id, person_id, fit, engagement, total, stage, since)
    select %(workspace)s, %(score)s, c.person_id, c.fit, c.engagement, c.total, c.stage, %(now)s
    from changed c
    order by c.person_id
    on conflict (score_id, person_id) do update set
        fit = excluded.fit, engagement = excluded.engagement, total = excluded.total, stage = excluded.stage,
        since = case when k.stage = excluded.stage then k.since else excluded.since end
),
noted as (
    insert into score_history (score_id, person_id, day, workspace_id, before, total, stage)
    select %(score)s, c.person_id, %(day)s, %(workspace)s, c.total_before, c.total, c.stage
    from changed c
    where c.total_before <> c.total
    order by c.person_id
    on conflict (score_id, person_id, day) do update set total = excluded.total, stage = excluded.stage
),
moved as (
    insert into score_moves (workspace_id, score_id, person_id, before, stage, rose, total, cause, at)
    select %(workspace)s, %(score)s, c.person_id, c.stage_before, c.stage, coalesce(c.n > s.n, false), c.total,
        %(cause)s, %(now)s
    from changed c
    left join stages s on s.name = c.stage_before
    where c.stage_before <> c.stage
    order by c.person_id
),
outdated as (
    delete from score_days
    where score_id = %(score)s and workspace_id = %(workspace)s and day = %(day)s and stage <> all (%(names)s::text[])
)
insert into score_days (score_id, day, stage, workspace_id, people)
select %(score)s, %(day)s, s.name, %(workspace)s, count(f.person_id)
from stages s
left join found f on f.n = s.n
group by s.name
on conflict (score_id, day, stage) do update set people = excluded.people
