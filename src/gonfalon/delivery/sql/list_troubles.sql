-- Touchpoints whose sending needs somebody: held, without a provider that takes messages, standing still though
-- messages are due, or ended with fewer people than planned (of the last day). `once` names the event.
-- Reads only. Relies on ix_dispatches_workspace, ix_send_batches_free and ix_messages_dispatch. campaigns null: of all;
-- workspace null: all workspaces, for the job that tells people.
with d as (
    select * from dispatches
    where (%(workspace)s::int is null or workspace_id = %(workspace)s)
        and (%(campaigns)s::uuid[] is null or campaign_id = any (%(campaigns)s))
        and (state in ('held', 'running') or (state = 'finished' and finished_at > now() - interval '1 day'))
),
standing as (
    select d.*, k.open_until > now() as blocked, k.since as blocked_since, k.code as blocked_code,
        exists (
            select from send_batches b
            where b.dispatch_id = d.id and b.due_at < now() - make_interval(secs => %(patience)s)
        ) as due
    from d
    left join breakers k on k.workspace_id = d.workspace_id and k.channel = d.channel
)
select s.workspace_id, s.touchpoint_id, s.campaign_id, 'held' as trouble, s.state_reason as reason,
    'held ' || s.state_at as once, null::bigint as sent, s.planned
from standing s
where s.state = 'held'
union all
select s.workspace_id, s.touchpoint_id, s.campaign_id, 'blocked', s.blocked_code,
    'blocked ' || s.blocked_since, null, s.planned
from standing s
where s.state = 'running' and s.blocked and exists (select from send_batches b where b.dispatch_id = s.id)
union all
select s.workspace_id, s.touchpoint_id, s.campaign_id, 'stalled', '',
    'stalled ' || coalesce(s.progressed_at, s.started_at), null, s.planned
from standing s
where s.state = 'running' and s.due and s.blocked is not true
    and (s.next_lease_at is null or s.next_lease_at < now() - make_interval(secs => %(patience)s))
    and greatest(s.progressed_at, s.started_at, s.state_at, s.send_at) < now() - make_interval(secs => %(patience)s)
union all
select s.workspace_id, s.touchpoint_id, s.campaign_id, 'fewer', '', 'fewer ' || s.finished_at, m.sent, s.planned
from standing s
cross join lateral (
    select count(*) filter (where state in ('accepted', 'unknown')) as sent from messages where dispatch_id = s.id
) m
where s.state = 'finished' and s.planned is not null and m.sent < s.planned * %(share)s
order by touchpoint_id, trouble
