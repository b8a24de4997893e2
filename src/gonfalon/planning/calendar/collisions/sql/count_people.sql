-- Sizes of the sets of people that touchpoints hit, people that pairs of sets share, and people above the contact limit.
-- Asked of the analytics copy (DuckDB). Rows: what, one, other, people.
--   what 0: people in both of the sets `one` and `other` (in one: the same number twice)
--   what 1, 2, 3: people beyond the limit in a week (`one`: its Monday's ordinal), by a touchpoint (`one`), and at all
-- The members in braces: questions for k (the number of a base) and person_id, put in by count_people; each binds its workspace.
-- $asked, $base, $also: numbers of the sets, and of the two bases that everybody in a set is in.
-- $number, $people, $lane, $moment, $week, $ahead: touchpoints; $messages, $window: the limit, the window in microseconds
-- all workspaces: the members are asked for with their workspace bound.
with member as materialized (
    {members}
),
-- Of two people in as many sets, these are the same if their 64 bits are: by chance they are once in 10^19.
person as (
    select person_id, bit_xor(hash(k)) as sign, count(*) as sets from member group by person_id
),
alike as materialized (
    select row_number() over () as id, min(person_id) as person_id, count(*) as n from person group by sign, sets
),
trait as materialized (
    select alike.id, alike.n, member.k from alike join member using (person_id)
),
asked as (
    select unnest($asked::integer[]) as k, unnest($base::integer[]) as base, unnest($also::integer[]) as also
),
part as materialized (
    select one.id, one.n, asked.k
    from asked
    join trait one on one.k = asked.base
    join trait other on other.id = one.id and other.k = asked.also
),
touch as (
    select
        unnest($number::integer[]) as number, unnest($people::integer[]) as k, unnest($lane::integer[]) as lane,
        unnest($moment::bigint[]) as moment, unnest($week::integer[]) as week, unnest($ahead::boolean[]) as ahead
),
-- The window of a message reaches back to just after the instant so many days before, as where sending counts.
crowd as (
    select
        part.id, part.n, touch.number, touch.week, touch.ahead,
        count(*) over (
            partition by part.id, touch.lane order by touch.moment range between $window preceding and current row
        ) as got
    from part
    join touch on touch.k = part.k
),
over_limit as materialized (
    from crowd where ahead and got > $messages
)
select 0 as what, a.k as one, b.k as other, sum(a.n)::bigint as people
from part a
join part b on a.id = b.id and a.k <= b.k
group by a.k, b.k
union all
select 1, week, 0, sum(n)::bigint from (select distinct id, n, week from over_limit) group by week
union all
select 2, number, 0, sum(n)::bigint from over_limit group by number
union all
select 3, 0, 0, coalesce(sum(n), 0)::bigint from (select distinct id, n from over_limit)
