-- Takes back the consent an undone import recorded where nothing has been said since, with a line in the proofs. A file
-- only ever grants where nothing had been said, so nothing is known again afterwards. Its refusals stay: only people
-- themselves bring back a permission. Writes consents, consent_proofs. Relies on ix_consents_xid.
with gone as (
    delete from consents
    where xid = %(transaction)s::text::xid8 and workspace_id = %(workspace_id)s and state = 'granted'
    returning person_id, channel, topic_id
)
insert into consent_proofs (workspace_id, person_id, channel, topic_id, state, at, source, details)
select %(workspace_id)s, person_id, channel, topic_id, 'retracted', now(), 'import', %(details)s::jsonb
from gone
order by person_id, channel, topic_id
