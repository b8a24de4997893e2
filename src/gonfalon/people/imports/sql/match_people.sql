-- Whom each good row means: the person with the same {match}, as their primary one or beside it, or else one with
-- another of the row's identities who has no {match} yet. fault says why a row cannot be taken after all: an identity
-- that belongs to somebody else, in the database or on an earlier line of the file, or a person that a later line
-- means too. An identity that somebody has beside their primary one stays there: it is not put in its place.
-- Makes the temporary table import_people. Hash joins over the workspace's people and identities.
create temp table import_people on commit drop as
with owned as (
    select
        r.line, r.email, r.phone, r.external_id, r.attributes, r.consent,
        coalesce(e.id, ie.person_id) as email_of, e.id is null and ie.person_id is not null as email_beside,
        coalesce(p.id, ip.person_id) as phone_of, p.id is null and ip.person_id is not null as phone_beside,
        coalesce(x.id, ix.person_id) as external_id_of, x.id is null and ix.person_id is not null as external_id_beside
    from import_rows r
    left join people e on e.workspace_id = %(workspace_id)s and e.email = r.email
    left join people p on p.workspace_id = %(workspace_id)s and p.phone = r.phone
    left join people x on x.workspace_id = %(workspace_id)s and x.external_id = r.external_id
    left join identities ie
        on ie.workspace_id = %(workspace_id)s and ie.kind = 'email' and ie.value = r.email collate "default"
    left join identities ip
        on ip.workspace_id = %(workspace_id)s and ip.kind = 'phone' and ip.value = r.phone collate "default"
    left join identities ix
        on ix.workspace_id = %(workspace_id)s and ix.kind = 'external' and ix.value = r.external_id collate "default"
    where r.reason is null
),
found as (
    select o.*, coalesce(o.{match}_of, h.id) as known
    from owned o
    left join people h
        on h.id = coalesce(o.email_of, o.external_id_of, o.phone_of) and h.workspace_id = %(workspace_id)s
        and o.{match}_of is null and h.{match} is null
),
judged as (
    select
        f.*,
        case
            when f.email_of <> coalesce(f.known, 0) or f.phone_of <> coalesce(f.known, 0)
                or f.external_id_of <> coalesce(f.known, 0) then 'taken'
            when f.email is not null and row_number() over (partition by f.email order by f.line) > 1
                or f.phone is not null and row_number() over (partition by f.phone order by f.line) > 1
                or f.external_id is not null and row_number() over (partition by f.external_id order by f.line) > 1
                then 'taken'
            when f.known is not null and row_number() over (partition by f.known order by f.line desc) > 1
                then 'duplicate'
        end as fault
    from found f
)
select
    line, attributes, consent, fault,
    case when not email_beside then email end as email,
    case when not phone_beside then phone end as phone,
    case when not external_id_beside then external_id end as external_id,
    known is null as is_new,
    case
        when fault is not null then null
        when known is null then nextval(pg_get_serial_sequence('people', 'id'))
        else known
    end as person_id
from judged
order by line
