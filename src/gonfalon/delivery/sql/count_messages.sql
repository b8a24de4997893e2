-- How a dispatch's messages stand. Every message is counted exactly once, so the sum is the audience.
-- Reads only. Relies on ix_messages_dispatch; its messages lie together. 300,000 messages in about 90 ms.
select state, reason, count(*) as n
from messages
where dispatch_id = %(dispatch_id)s and workspace_id = %(workspace_id)s
group by state, reason
