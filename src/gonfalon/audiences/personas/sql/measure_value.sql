-- What members of an audience bought for since a moment, in minor units: {members} is the question who they are.
-- Runs in PostgreSQL (ix_events_name_at) and in the analytics copy alike. Reads only.
select cast(coalesce(sum(e.amount_minor), 0) as bigint) as value_minor
from events e
where e.workspace_id = %(workspace)s and e.at >= %(since)s
    and e.name in (select unnest(%(names)s::text[]))
    and e.person_id in (select m.person_id from ({members}) m)
