-- Takes people's addresses and what servers answered about them out of the ledger; its rows stay and are counted.
-- What had not left is withheld. A message that a connection has in hand keeps its state until its outcome is known.
-- Suppressions keep the keyed hash only.
-- Writes messages, suppressions. Runs before the person's row is emptied. Relies on ix_messages_person,
-- ix_suppressions_address.
with known as (
    select a.address from addresses a where a.person_id = any (%(person_ids)s) and a.workspace_id = %(workspace_id)s
    union
    select i.value from identities i where i.person_id = any (%(person_ids)s) and i.workspace_id = %(workspace_id)s
    union
    select m.address from messages m where m.person_id = any (%(person_ids)s) and m.workspace_id = %(workspace_id)s
),
judged as (
    select
        m.id,
        m.state in ('queued', 'deferred')
            and not exists (select from sender_leases l where m.id = any (l.in_doubt)) as waits
    from messages m
    where m.person_id = any (%(person_ids)s) and m.workspace_id = %(workspace_id)s
),
emptied as (
    update messages m
    set address = null,
        reply = null,
        state = case when j.waits then 'withheld' else m.state end,
        reason = case when j.waits then 'erased' else m.reason end,
        ended_at = case when j.waits then now() else m.ended_at end
    from judged j
    where m.id = j.id
)
update suppressions s
set address = null, note = ''
from known k
where s.workspace_id = %(workspace_id)s and s.address = k.address
