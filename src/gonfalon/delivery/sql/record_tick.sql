-- The heart of the ledger, one statement and one commit a tick: writes the outcomes of messages just answered and
-- the intents of those the connections take next. Consent, suppression, address, cap and the state of the dispatch
-- are checked here, at the last moment; whoever fails is withheld with the reason.
-- A sender whose row in sender_leases is gone (its lease ran out, another took over) writes nothing: `alive` is false.
-- Each tick has the next number: when the connection breaks in the commit, the number tells whether it happened.
-- Writes sender_leases, messages, send_batches, suppressions. Relies on primary keys, uq_consents, ix_suppressions_address.
with wanted as (
    select m.id, m.workspace_id, m.person_id, m.state, m.address,
        d.state as dispatch_state, d.channel, d.topic_id, w.settings -> 'frequency_cap' as cap
    from unnest(%(wanted)s::bigint[]) as asked (id)
    join messages m on m.id = asked.id
    join dispatches d on d.id = m.dispatch_id
    join workspaces w on w.id = m.workspace_id
),
checked as (
    select
        x.id,
        case
            when x.state not in ('queued', 'deferred') then 'gone'
            when exists (select from sender_leases o where o.id <> %(lease)s and x.id = any (o.in_doubt)) then 'gone'
            when x.dispatch_state = 'cancelled' then 'cancelled'
            when x.dispatch_state <> 'running' then 'held'
            when r.person_id is null then
                case
                    when p.id is null or p.erased_at is not null then 'erased'
                    when exists (
                        select from suppressions s
                        where s.workspace_id = x.workspace_id and s.channel = x.channel and s.address = x.address
                    ) then 'suppressed'
                    else 'unsubscribed'
                end
            when r.address <> x.address then 'address_changed'
            when x.cap is not null and (
                select count(*)
                from messages h
                join dispatches hd on hd.id = h.dispatch_id and hd.channel = x.channel
                where h.person_id = x.person_id and h.state in ('accepted', 'unknown')
                    and h.ended_at > now() - make_interval(days => (x.cap ->> 'days')::int)
            ) >= (x.cap ->> 'messages')::int then 'over_limit'
            else ''
        end as refusal
    from wanted x
    left join people p on p.id = x.person_id
    left join reachable_people r
        on r.person_id = x.person_id and r.workspace_id = x.workspace_id
        and r.channel = x.channel and r.topic_id = x.topic_id
),
me as (
    update sender_leases
    set until = now() + make_interval(secs => %(ttl)s),
        tick = %(tick)s,
        in_doubt = %(open)s::bigint[] || array (select id from checked where refusal = '')
    where id = %(lease)s and tick = %(tick)s - 1
    returning id
),
answered as (
    select * from json_to_recordset(%(ended)s::json)
        as o (id bigint, state text, reason text, reply text, delay float8, hash text)
    where exists (select from me)
),
ended as (
    update messages m
    set state = o.state, reason = o.reason, reply = o.reply, attempts = m.attempts + 1,
        ended_at = case when o.state <> 'deferred' then now() end
    from answered o
    where m.id = o.id
    returning m.id, m.workspace_id, m.dispatch_id, m.address, o.state, o.delay, o.hash, o.reply
),
withheld as (
    update messages m
    set state = 'withheld', reason = c.refusal, ended_at = now()
    from checked c
    where m.id = c.id and c.refusal not in ('', 'gone', 'held') and exists (select from me)
),
later as (
    insert into send_batches (workspace_id, dispatch_id, due_at, message_ids, composed_at)
    select e.workspace_id, e.dispatch_id, now() + make_interval(secs => e.delay), array_agg(e.id order by e.id),
        b.composed_at
    from ended e
    left join send_batches b
        on b.lease = %(lease)s and b.dispatch_id = e.dispatch_id and e.id = any (b.message_ids)
    where e.state = 'deferred'
    group by e.workspace_id, e.dispatch_id, e.delay, b.composed_at
),
suppressed as (
    insert into suppressions (workspace_id, channel, address, address_hash, reason, message_id, note)
    select e.workspace_id, d.channel, e.address, decode(e.hash, 'hex'), 'hard_bounce', e.id, coalesce(e.reply, '')
    from ended e
    join dispatches d on d.id = e.dispatch_id
    where e.hash is not null
    on conflict (workspace_id, channel, address_hash) do nothing
),
done as (
    delete from send_batches
    where id = any (%(finished)s::bigint[]) and lease = %(lease)s and exists (select from me)
)
select
    exists (select from me) as alive,
    array (select id from checked where refusal = '' order by id) as allowed,
    array (select id from checked where refusal = 'held') as held
