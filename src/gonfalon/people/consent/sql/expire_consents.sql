-- Ends consent whose time is up, with a line of proof each; at most so many at once, the oldest first.
-- all workspaces: the time is up everywhere. Writes consents, consent_proofs. Relies on ix_consents_expiring.
with due as (
    select c.id
    from consents c
    where c.state = 'granted' and c.expires_at <= now()
    order by c.expires_at
    limit %(most)s
    for update skip locked
),
ended as (
    update consents c set state = 'expired', at = c.expires_at
    from due
    where c.id = due.id
    returning c.workspace_id, c.person_id, c.channel, c.topic_id, c.basis, c.expires_at
)
insert into consent_proofs (workspace_id, person_id, channel, topic_id, state, at, source, basis, expires_at)
select workspace_id, person_id, channel, topic_id, 'expired', expires_at, 'expiry', basis, expires_at from ended
