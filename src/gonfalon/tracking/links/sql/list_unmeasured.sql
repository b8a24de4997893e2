-- Of the messages given, those whose people may not be measured now: they refused, were erased, or were never asked
-- in a workspace that asks. Asked when a picture or link is called, for people may have changed their mind since the
-- message left. Reads messages, people, workspaces by their primary keys; 1,000 messages: 4 ms.
-- all workspaces: hits of all are written together; each message is joined with its own workspace's person.
select m.id
from unnest(%(message_ids)s::bigint[]) as asked (id)
join messages m on m.id = asked.id
join people p on p.id = m.person_id and p.workspace_id = m.workspace_id
join workspaces w on w.id = m.workspace_id
where p.erased_at is not null
    or not coalesce(
        p.tracking_consent,
        not coalesce((w.settings -> 'tracking' ->> 'consent_required')::boolean, false)
    )
