-- What a person's consent stood at, at a past moment, by the log alone. What an undone import had recorded was not said.
-- Relies on ix_consent_proofs_person_id.
select nullif(l.topic_id, 0) as topic_id, t.name as topic, l.channel, l.state, l.said_at
from (
    select distinct on (p.channel, p.topic_id) p.channel, p.topic_id, p.at as said_at,
        case when p.state = 'granted' and p.expires_at <= %(until)s then 'expired' else p.state end as state
    from consent_proofs p
    where p.person_id = %(person_id)s and p.workspace_id = %(workspace_id)s and p.recorded_at < %(until)s
    order by p.channel, p.topic_id, p.recorded_at desc, p.id desc
) l
left join topics t on t.id = l.topic_id
where l.state <> 'retracted'
order by t.position, l.topic_id, l.channel
