-- How many messages two people both have of one touchpoint. Relies on ix_messages_person and messages' UNIQUE.
select count(*)
from messages m
join messages o on o.touchpoint_id = m.touchpoint_id and o.occurrence = m.occurrence and o.person_id = %(kept)s
where m.person_id = %(gone)s and m.workspace_id = %(workspace_id)s
