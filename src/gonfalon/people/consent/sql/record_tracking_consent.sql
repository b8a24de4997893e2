-- Records whether a person's opens and clicks may be measured, with a line of proof when that changes.
-- The proof belongs to no topic (0) and its channel is "tracking".
-- Writes people, consent_proofs. Relies on people's primary key.
with changed as (
    update people
    set tracking_consent = %(allowed)s, updated_at = now()
    where id = %(person_id)s and workspace_id = %(workspace_id)s and erased_at is null
        and tracking_consent is distinct from %(allowed)s
    returning id
)
insert into consent_proofs (workspace_id, person_id, channel, topic_id, state, at, source, wording_id, details)
select %(workspace_id)s, id, 'tracking', 0, case when %(allowed)s then 'granted' else 'withdrawn' end, now(),
    %(source)s, %(wording_id)s, %(details)s::jsonb
from changed
