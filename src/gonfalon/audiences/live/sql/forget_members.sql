-- Forgets which live audiences people belong to and belonged to. Writes audience_members, membership_changes,
-- membership_touches. Relies on ix_audience_members_person_id, ix_membership_changes_person.
with members as (
    delete from audience_members
    where person_id = any (%(person_ids)s) and workspace_id = %(workspace_id)s
),
touches as (
    delete from membership_touches
    where person_id = any (%(person_ids)s) and workspace_id = %(workspace_id)s
)
delete from membership_changes
where person_id = any (%(person_ids)s) and workspace_id = %(workspace_id)s
