-- Writes one message for everybody in the dispatch's snapshot, those who get nothing with the reason, and queues
-- the rest in batches. Asking again adds nobody: the UNIQUE of messages decides.
-- Writes messages, send_batches. Relies on snapshot_members' primary key, uq_consents, ix_people pkey.
-- Order of reasons: what can't be changed by anyone comes first.
with d as (
    select * from dispatches where id = %(dispatch_id)s and workspace_id = %(workspace_id)s
),
merged as materialized (
    -- Whoever was made one with somebody else after the snapshot is that person.
    select g.id, g.merged_into
    from people g
    where g.workspace_id = %(workspace_id)s and g.merged_into is not null
),
members as (
    select coalesce(g.merged_into, s.person_id) as person_id
    from d
    join snapshot_members s on s.snapshot_id = d.snapshot_id
    left join merged g on g.id = s.person_id
),
decided as (
    select
        m.person_id,
        r.address,
        case
            when r.person_id is not null then
                case
                    -- A holdout is sticky: the same people of a campaign stay without, whatever is sent.
                    when ('x' || left(md5(d.campaign_id::text || ':' || m.person_id), 7))::bit(28)::int %% 10000
                        < d.holdout_percent * 100 then 'holdout'
                    else ''
                end
            when p.id is null or p.erased_at is not null then 'erased'
            when not exists (select from addresses a where a.person_id = p.id and a.channel = d.channel) then 'no_address'
            when exists (
                select from addresses a
                join suppressions s
                    on s.workspace_id = d.workspace_id and s.channel = a.channel and s.address = a.address
                where a.person_id = p.id and a.channel = d.channel
            ) then 'suppressed'
            when c.state = 'withdrawn' then 'unsubscribed'
            else 'no_consent'
        end as reason
    from d
    cross join members m
    left join people p on p.id = m.person_id and p.workspace_id = d.workspace_id
    left join consents c on c.person_id = p.id and c.channel = d.channel and c.topic_id = d.topic_id
    left join reachable_people r
        on r.person_id = p.id and r.channel = d.channel and r.topic_id = d.topic_id
        and r.workspace_id = d.workspace_id
),
written as (
    insert into messages (workspace_id, dispatch_id, touchpoint_id, person_id, address, state, reason, ended_at)
    select
        d.workspace_id, d.id, d.touchpoint_id, x.person_id, x.address,
        case when x.reason = '' then 'queued' else 'withheld' end,
        x.reason,
        case when x.reason <> '' then now() end
    from decided x cross join d
    order by x.person_id
    on conflict (touchpoint_id, person_id, occurrence) do nothing
    returning id, state
),
numbered as (
    select id, (row_number() over (order by id) - 1) / %(batch_size)s::bigint as batch
    from written
    where state = 'queued'
),
queued as (
    insert into send_batches (workspace_id, dispatch_id, due_at, message_ids)
    select d.workspace_id, d.id, greatest(d.send_at, now()), n.ids
    from d
    cross join lateral (
        select batch, array_agg(id order by id) as ids from numbered group by batch order by batch
    ) n
    returning id
)
select
    (select count(*) from written) as audience,
    (select count(*) from numbered) as queued,
    (select count(*) from queued) as batches
