-- Notes that a merge was undone, and by whom. What it remembered of people goes. Writes person_merges, person_moves.
with moves as (
    delete from person_moves m
    using person_merges g
    where m.merge_id = g.id and g.id = %(merge_id)s and g.workspace_id = %(workspace_id)s
)
update person_merges
set undone_at = now(), undone_by = %(by)s, before = '{}'
where id = %(merge_id)s and workspace_id = %(workspace_id)s
