-- Lets what a person has withdrawn count for somebody split from them, too, with a proof that says so. What they have
-- granted stays with them: nobody knows that the other one ever agreed.
-- Writes consents, consent_proofs, people.
with g as (
    select * from person_merges where id = %(merge_id)s and workspace_id = %(workspace_id)s
),
refused as (
    insert into consents (workspace_id, person_id, channel, topic_id, state, at)
    select g.workspace_id, g.gone_id, c.channel, c.topic_id, c.state, c.at
    from g
    join consents c on c.person_id = g.kept_id and c.workspace_id = g.workspace_id and c.state = 'withdrawn'
    on conflict (person_id, channel, topic_id) do nothing
    returning workspace_id, person_id, channel, topic_id, state, at
),
proven as (
    insert into consent_proofs (workspace_id, person_id, channel, topic_id, state, at, source, details)
    select r.workspace_id, r.person_id, r.channel, r.topic_id, r.state, r.at, 'member',
        jsonb_build_object('actor', g.by, 'reason', 'split', 'person', g.kept_id)
    from refused r cross join g
)
update people p set tracking_consent = false
from g
join people k on k.id = g.kept_id and k.tracking_consent is false
where p.id = g.gone_id and p.workspace_id = g.workspace_id
