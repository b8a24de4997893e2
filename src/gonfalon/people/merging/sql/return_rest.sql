-- Gives the other person their identities beside, companies and proofs again, or those that a split takes along, and
-- whoever had been made one with them before. Writes identities, company_members, consent_proofs, people.
with g as (
    select * from person_merges where id = %(merge_id)s and workspace_id = %(workspace_id)s
),
beside as (
    update identities i set person_id = g.gone_id
    from g join person_moves m on m.merge_id = g.id and m.what = 'identities'
    where i.id = m.ref::bigint and i.person_id = g.kept_id and i.workspace_id = g.workspace_id
),
proven as (
    update consent_proofs c set person_id = g.gone_id
    from g join person_moves m on m.merge_id = g.id and m.what = 'proofs'
    where c.id = m.ref::bigint and c.person_id = g.kept_id and c.workspace_id = g.workspace_id
),
followers as (
    update people p set merged_into = g.gone_id
    from g join person_moves m on m.merge_id = g.id and m.what = 'people'
    where p.id = m.ref::bigint and p.merged_into = g.kept_id and p.workspace_id = g.workspace_id
),
left_again as (
    delete from company_members c
    using g
    where c.person_id = g.kept_id and c.workspace_id = g.workspace_id
        and exists (
            select from person_moves m
            where m.merge_id = g.id and m.what = 'companies' and m.person_id = g.gone_id and m.ref = c.company_id::text
        )
        and not exists (
            select from person_moves m
            where m.merge_id = g.id and m.what = 'companies' and m.person_id = g.kept_id and m.ref = c.company_id::text
        )
)
insert into company_members (workspace_id, company_id, person_id)
select g.workspace_id, c.id, g.gone_id
from g
join person_moves m on m.merge_id = g.id and m.what = 'companies' and m.person_id = g.gone_id
join companies c on c.id = m.ref::bigint and c.workspace_id = g.workspace_id
on conflict (company_id, person_id) do nothing
