-- Takes people off a list. Writes list_members (its trigger leaves tombstones), and membership_touches where live
-- audiences are to judge them again. Relies on uq_list_members. Answers how many were on it.
with gone as (
    delete from list_members
    where workspace_id = %(workspace)s and audience_id = %(audience)s and person_id = any(%(ids)s)
    returning person_id
),
touched as (
    insert into membership_touches (workspace_id, person_id)
    select %(workspace)s, person_id
    from gone
    where exists (select from live_audiences l where l.workspace_id = %(workspace)s)
)
select count(*) from gone
