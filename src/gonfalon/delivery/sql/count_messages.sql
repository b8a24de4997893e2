-- How a dispatch's messages stand. Every message is counted exactly once, so the sum is the audience.
-- Reads only; index-only on ix_messages_dispatch_state. 64,000 messages in about 15 ms.
select state, reason, count(*) as n
from messages
where dispatch_id = %(dispatch_id)s and workspace_id = %(workspace_id)s
group by state, reason
