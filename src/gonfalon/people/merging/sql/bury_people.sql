-- Empties the rows of people who are somebody else's now, and says whose. Whoever had been made one with them before is
-- that person, too. Writes people, consents, company_members, duplicate_pairs. Runs after merge_visitors.sql.
with pairs as (
    select * from unnest(%(gone)s::bigint[], %(kept)s::bigint[]) as p (gone, kept)
),
silent as (
    delete from consents c using pairs where c.person_id = pairs.gone and c.workspace_id = %(workspace_id)s
),
unemployed as (
    delete from company_members m using pairs where m.person_id = pairs.gone and m.workspace_id = %(workspace_id)s
),
answered as (
    delete from duplicate_pairs d
    using pairs
    where pairs.gone in (d.low_id, d.high_id) and d.state = 'proposed' and d.workspace_id = %(workspace_id)s
),
followed as (
    update people p set merged_into = pairs.kept
    from pairs
    where p.merged_into = pairs.gone and p.workspace_id = %(workspace_id)s
)
update people p
set email = null, phone = null, external_id = null, attributes = '{}', undeclared = '{}', tags = '{}',
    tracking_consent = null, erased_at = now(), merged_into = pairs.kept, updated_at = now()
from pairs
where p.id = pairs.gone and p.workspace_id = %(workspace_id)s
