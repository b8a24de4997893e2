-- How many people stand where with each topic on each channel, and how many of those reached now would no longer be if
-- more were asked of a consent. The newest proof of a grant tells how it was given; who has none has no proof.
-- Reads consents and consent_proofs of the workspace once: a million consents take some seconds.
with latest as (
    select distinct on (p.person_id, p.channel, p.topic_id)
        p.person_id, p.channel, p.topic_id, p.wording_id, p.details ->> 'confirmed' = 'true' as confirmed
    from consent_proofs p
    where p.workspace_id = %(workspace_id)s and p.state = 'granted'
    order by p.person_id, p.channel, p.topic_id, p.id desc
),
stand as (
    select c.channel, c.topic_id, c.state, r.person_id is not null as reached,
        c.expires_at <= now() + make_interval(days => %(days)s) as soon,
        l.wording_id is null as without_proof,
        c.at < now() - make_interval(months => %(months)s) as old,
        l.confirmed is not true as unconfirmed
    from consents c
    join people p on p.id = c.person_id and p.erased_at is null
    left join reachable_people r
        on r.person_id = c.person_id and r.channel = c.channel and r.topic_id = c.topic_id
        and r.workspace_id = c.workspace_id
    left join latest l on l.person_id = c.person_id and l.channel = c.channel and l.topic_id = c.topic_id
    where c.workspace_id = %(workspace_id)s
)
select topic_id, channel,
    count(*) filter (where reached) as reached,
    count(*) filter (where state = 'granted' and not reached) as blocked,
    count(*) filter (where state = 'withdrawn') as withdrawn,
    count(*) filter (where state = 'expired') as expired,
    count(*) filter (where reached and soon) as soon,
    count(*) filter (where reached and without_proof) as without_proof,
    count(*) filter (where reached and old) as old,
    count(*) filter (where reached and unconfirmed) as unconfirmed,
    count(*) filter (where reached and (
        %(asks_proof)s and without_proof or %(asks_age)s and old or %(asks_confirmed)s and unconfirmed
    )) as lost
from stand
group by topic_id, channel
order by topic_id, channel
