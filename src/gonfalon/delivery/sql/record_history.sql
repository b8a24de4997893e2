-- Writes the messages of a dispatch that was sent before by other means: everybody in its snapshot was accepted, or
-- held out. Nothing is queued. Each message says that it is imported history. Asking again adds nobody.
-- Writes messages, dispatches. Relies on snapshot_members' primary key and the UNIQUE of messages.
-- 21,000 people in about 0.6 s.
with d as (
    select * from dispatches where id = %(dispatch_id)s and workspace_id = %(workspace_id)s
),
decided as (
    select
        p.id as person_id,
        a.address,
        ('x' || left(md5(d.campaign_id::text || ':' || p.id), 7))::bit(28)::int %% 10000
            < d.holdout_percent * 100 as held_out,
        row_number() over (order by p.id) as position,
        count(*) over () as size
    from d
    join snapshot_members m on m.snapshot_id = d.snapshot_id
    join people p on p.id = m.person_id and p.workspace_id = d.workspace_id and p.erased_at is null
    left join addresses a on a.person_id = p.id and a.channel = d.channel
),
written as (
    insert into messages
        (workspace_id, dispatch_id, touchpoint_id, person_id, address, state, reason, attempts, ended_at, reply)
    select
        d.workspace_id, d.id, d.touchpoint_id, x.person_id, x.address,
        case when x.held_out then 'withheld' else 'accepted' end,
        case when x.held_out then 'holdout' else '' end,
        case when x.held_out then 0 else 1 end,
        %(began)s::timestamptz
            + case when x.held_out then interval '0' else make_interval(secs => %(seconds)s * x.position / x.size) end,
        'Imported history: Gonfalon did not send this.'
    from decided x cross join d
    order by x.person_id
    on conflict (touchpoint_id, person_id, occurrence) do nothing
    returning state
),
closed as (
    update dispatches
    set state = 'finished', state_reason = %(imported)s, send_at = %(began)s, started_at = %(began)s,
        finished_at = %(began)s::timestamptz + make_interval(secs => %(seconds)s)
    from d
    where dispatches.id = d.id
)
select count(*) as audience, count(*) filter (where state = 'accepted') as accepted from written
