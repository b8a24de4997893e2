-- The messages of touchpoints through which people withdrew consent. Asked of PostgreSQL.
-- Relies on the primary key of messages and on proofs that name their message being few.
select distinct m.id, m.touchpoint_id
from consent_proofs c
join messages m on m.id = (c.details ->> 'message')::bigint and m.workspace_id = c.workspace_id
where c.workspace_id = %(workspace_id)s
    and c.state = 'withdrawn'
    and c.source in ('one_click', 'preference_page')
    and c.details ? 'message'
    and m.touchpoint_id = any (%(touchpoints)s::uuid[])
