-- The heart of the ledger, one commit a tick: writes the outcomes of messages just answered and the intents of those
-- the connections take next. Consent, suppression, address, cap and the state of the dispatch are checked here, at
-- the last moment; whoever fails is not allowed, and told why.
-- A sender whose row in sender_leases is gone (its lease ran out, another took over) writes nothing: `alive` is false.
-- Each tick has the next number: when the connection breaks in the commit, the number tells whether it happened.
-- What few ticks need (retries, suppressions, finished batches) is record_rest.sql: starting a statement costs by its
-- length, about 0.4 ms for this one, and 25 µs for each message.
-- Writes sender_leases, messages. Relies on primary keys, uq_consents, ix_suppressions_address.
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
            when x.id = any (%(open)s::bigint[]) or x.id in (
                select o.id from json_to_recordset(%(ended)s::json) as o (id bigint)
            ) then 'gone'
            when x.id in (select unnest(o.in_doubt) from sender_leases o where o.id <> %(lease)s) then 'gone'
            when x.dispatch_state = 'cancelled' then 'cancelled'
            when x.dispatch_state <> 'running' then 'held'
            when r.person_id is null then
                case
                    when not exists (select from people p where p.id = x.person_id and p.erased_at is null)
                        then 'erased'
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
ended as (
    update messages m
    set state = o.state, reason = o.reason, reply = case when m.address is not null then o.reply end,
        attempts = m.attempts + (o.state <> 'withheld')::int,
        ended_at = case when o.state <> 'deferred' then now() end
    from json_to_recordset(%(ended)s::json) as o (id bigint, state text, reason text, reply text)
    where m.id = o.id and exists (select from me)
)
select
    exists (select from me) as alive,
    (select json_object_agg(id, refusal) from checked where refusal <> '') as refused
