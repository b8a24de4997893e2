-- Puts a person whose merge is undone back on their fixed lists; the one who stayed leaves those where only the other
-- had been. Lists told of in person_moves: of both people, as they were before.
-- Writes list_members. Relies on ix_list_members_person_id and the UNIQUE of audience and person.
with merge as (
    select * from person_merges where id = %(merge_id)s and workspace_id = %(workspace_id)s
),
theirs as (
    select g.kept_id, g.gone_id, g.workspace_id, a.id as audience_id,
        exists (
            select from person_moves o
            where o.merge_id = g.id and o.what = 'lists' and o.person_id = g.kept_id and o.ref = m.ref
        ) as both_had
    from merge g
    join person_moves m on m.merge_id = g.id and m.what = 'lists' and m.person_id = g.gone_id
    join audiences a on a.id = m.ref::uuid and a.workspace_id = g.workspace_id
),
left_again as (
    delete from list_members l
    using theirs t
    where not t.both_had and l.audience_id = t.audience_id and l.person_id = t.kept_id
        and l.workspace_id = %(workspace_id)s
)
insert into list_members (workspace_id, audience_id, person_id)
select t.workspace_id, t.audience_id, t.gone_id from theirs t
on conflict (audience_id, person_id) do nothing
