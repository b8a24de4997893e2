-- Puts people of an import into the companies that its rows name, in capitals or not, by name or key; a company that is
-- not known is made. known_too: also people who were known. Writes companies, company_members. Relies on
-- ix_companies_workspace and the UNIQUE of company and person.
with named as (
    select lower(i.company) as word, min(i.company) as name
    from import_people i
    where i.fault is null and i.company is not null and (i.is_new or %(known_too)s)
    group by 1
),
known as (
    select n.word, n.name, (
        select c.id
        from companies c
        where c.workspace_id = %(workspace_id)s and (lower(c.name) = n.word or c.key = n.name)
        order by c.id
        limit 1
    ) as id
    from named n
),
made as (
    insert into companies (workspace_id, key, name)
    select %(workspace_id)s, name, name from known where id is null order by name
    on conflict (workspace_id, key) do nothing
    returning id, lower(name) as word
),
places as (
    select word, id from known where id is not null
    union all
    select word, id from made
)
insert into company_members (workspace_id, company_id, person_id)
select %(workspace_id)s, p.id, i.person_id
from import_people i
join places p on p.word = lower(i.company)
where i.fault is null and (i.is_new or %(known_too)s)
order by p.id, i.person_id
on conflict (company_id, person_id) do nothing
