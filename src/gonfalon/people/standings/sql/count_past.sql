-- How many people agreed to each topic on each channel at a past moment, by the log alone: the last line of each that had
-- been written down by then. A grant whose end had come by then counts as expired.
-- {people} becomes the query of the people asked about. Reads consent_proofs of the workspace once.
with latest as (
    select distinct on (p.person_id, p.channel, p.topic_id) p.channel, p.topic_id,
        case when p.state = 'granted' and p.expires_at <= %(until)s then 'expired' else p.state end as state
    from consent_proofs p
    where p.workspace_id = %(workspace_id)s and p.topic_id <> 0 and p.recorded_at < %(until)s
        and p.person_id in ({people})
    order by p.person_id, p.channel, p.topic_id, p.recorded_at desc, p.id desc
)
select topic_id, channel,
    count(*) filter (where state = 'granted') as granted,
    count(*) filter (where state = 'withdrawn') as withdrawn,
    count(*) filter (where state = 'expired') as expired
from latest
group by topic_id, channel
order by topic_id, channel
