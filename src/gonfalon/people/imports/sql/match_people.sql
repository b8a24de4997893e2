-- Whom each good row means: the person with the same identity that people are matched by ({own}), as their primary one or
-- beside it, or else one with another of the row's identities whom nothing tells apart ({claims}): of the lines that bring
-- such a person a new identity ({fresh}) the first has them.
-- fault says why a row cannot be taken after all: an address that belongs to somebody else, in the database or on an
-- earlier line of the file, a person that a later line means too, or one who is not known and not to be made. A number or id that people are not matched by and
-- that somebody else has is left out instead (phone_lost, external_id_lost). An identity that somebody has beside their
-- primary one stays there: it is not put in its place. Of several lines about one person the strictest answer counts.
-- Makes the temporary table import_people. Hash joins over the workspace's people and identities.
create temp table import_people on commit drop as
with owned as (
    select
        r.line, r.email, r.phone, r.external_id, r.attributes, r.tags, r.company, r.answer, r.aside, r.agreed_at,
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
claimed as (
    select
        o.*, {own} as own, h.id as claim, {fresh} as fresh,
        row_number() over (partition by h.id, {fresh} order by o.line) as claimant
    from owned o
    left join people h
        on h.id = coalesce(o.email_of, o.external_id_of, o.phone_of) and h.workspace_id = %(workspace_id)s
        and {own} is null and {claims}
),
found as (
    select c.*, coalesce(c.own, case when c.claimant = 1 or not c.fresh then c.claim end) as known
    from claimed c
),
told as (
    select
        f.*,
        '{match}' <> 'phone' and f.phone is not null and (
            f.phone_of <> coalesce(f.known, 0) or row_number() over (partition by f.phone order by f.line) > 1
        ) as phone_lost,
        '{match}' <> 'external_id' and f.external_id is not null and (
            f.external_id_of <> coalesce(f.known, 0) or row_number() over (partition by f.external_id order by f.line) > 1
        ) as external_id_lost
    from found f
),
judged as (
    select
        t.*,
        case
            when t.email_of <> coalesce(t.known, 0) then 'taken'
            when t.email is not null and row_number() over (partition by t.email order by t.line) > 1 then 'taken'
            when t.known is not null and row_number() over (partition by t.known order by t.line desc) > 1
                then 'duplicate'
            when t.known is null and t.email is null and (t.external_id is null or t.external_id_lost)
                and (t.phone is null or t.phone_lost) then 'taken'
            when t.known is null and not %(create)s then 'not_known'
        end as fault,
        case when t.known is null then t.answer else max(t.answer) over (partition by t.known) end as strictest,
        case when t.known is null then t.aside else max(t.aside) over (partition by t.known) end as strictest_aside
    from told t
)
select
    line, attributes, tags, company, strictest as answer, strictest_aside as aside, agreed_at, fault,
    coalesce(phone_lost, false) as phone_lost, coalesce(external_id_lost, false) as external_id_lost,
    case when not email_beside then email end as email,
    case when not phone_beside and phone_lost is not true then phone end as phone,
    case when not external_id_beside and external_id_lost is not true then external_id end as external_id,
    known is null as is_new,
    case
        when fault is not null then null
        when known is null then nextval(pg_get_serial_sequence('people', 'id'))
        else known
    end as person_id
from judged
order by line
