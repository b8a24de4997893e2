-- What people did stays countable and says nothing about them any more: an event keeps its name, time and amount, a
-- hit its time and verdict. The key of an event goes too, for senders write order numbers and addresses into it; an
-- erased person's events are not taken again, so it guards nothing.
-- Writes events, hits. Relies on ix_events_person, ix_messages_person, ix_hits_message.
with done as (
    update events
    set properties = '{}', source_key = 'erased:' || id
    where person_id = any (%(person_ids)s) and workspace_id = %(workspace_id)s
)
update hits h
set ip = '', user_agent = ''
from messages m
where m.person_id = any (%(person_ids)s) and m.workspace_id = %(workspace_id)s
    and h.message_id = m.id and h.workspace_id = m.workspace_id
