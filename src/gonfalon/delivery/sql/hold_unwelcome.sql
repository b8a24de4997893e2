-- Holds dispatches that too much comes back of: many addresses that are dead, many people who call it spam. A rule holds a
-- dispatch once: who resumes it has decided. Of all workspaces.
-- Writes dispatches. Relies on ix_dispatches_running, ix_messages_dispatch and the suppressions of a workspace.
with counted as (
    select d.id, m.handed, m.bounced, c.complained
    from dispatches d
    cross join lateral (
        select count(*) filter (where state in ('accepted', 'rejected')) as handed,
            count(*) filter (where reason in ('bounced', 'hard_bounce')) as bounced
        from messages
        where dispatch_id = d.id
    ) m
    cross join lateral (
        select count(*) as complained
        from suppressions s
        join messages x on x.id = s.message_id and x.dispatch_id = d.id
        where s.workspace_id = d.workspace_id and s.reason = 'complaint' and s.created_at >= d.started_at
    ) c
    where d.state = 'running'
),
judged as (
    select id, 'many_complaints' as rule, complained as bad, handed
    from counted
    where complained >= %(complaints)s and complained > handed * %(complaint_share)s
    union all
    select id, 'many_bounces', bounced, handed
    from counted
    where bounced >= %(bounces)s and bounced > handed * %(bounce_share)s
),
first as (
    select distinct on (j.id) j.*
    from judged j
    join dispatches d on d.id = j.id and not j.rule = any (d.stopped_for)
    order by j.id, j.rule desc
)
update dispatches d
set state = 'held', state_reason = f.rule, state_at = now(), stopped_for = d.stopped_for || f.rule::varchar(32),
    state_detail = f.bad || ' of ' || f.handed || case f.rule
        when 'many_complaints' then ' messages were called spam. Look at whom it goes to, then go on or cancel.'
        else ' messages came back. Look at where these addresses are from, then go on or cancel.'
    end
from first f
where d.id = f.id and d.state = 'running'
returning d.id
