-- Writes down what came back of messages of one channel that had been accepted or were in doubt, and suppresses addresses that
-- complained, that are gone, or whose last messages all came back. Asked again it changes nothing.
-- Writes messages, suppressions. Relies on the primary key of messages and ix_messages_person.
with back as (
    select m.id, m.person_id, m.address, d.channel, b.complaint, b.gone, b.reply
    from unnest(%(messages)s::bigint[], %(complaints)s::bool[], %(gone)s::bool[], %(replies)s::text[])
        as b (message_id, complaint, gone, reply)
    join messages m on m.id = b.message_id and m.workspace_id = %(workspace_id)s
    join dispatches d on d.id = m.dispatch_id
),
returned as (
    update messages m
    set state = 'accepted', reason = 'bounced', reply = b.reply, ended_at = coalesce(m.ended_at, now())
    from (select distinct on (id) id, reply from back where not complaint order by id) b
    where m.id = b.id and m.workspace_id = %(workspace_id)s
        and m.state in ('accepted', 'unknown') and m.reason <> 'bounced'
),
against as (
    select b.id, b.channel, b.address, b.reply, case when b.complaint then 'complaint' else 'hard_bounce' end as reason
    from back b
    where b.address is not null and (b.complaint or b.gone or (
        -- This one and those before it: a mailbox that has been full for so long is nobody's.
        select count(*) filter (where l.reason = 'bounced' or l.id = b.id) >= %(in_a_row)s
        from (
            select m.id, m.reason
            from messages m
            join dispatches d on d.id = m.dispatch_id and d.channel = b.channel
            where m.person_id = b.person_id and m.workspace_id = %(workspace_id)s and m.state in ('accepted', 'unknown')
            order by m.id desc
            limit %(in_a_row)s
        ) l
    ))
)
insert into suppressions (workspace_id, channel, address, address_hash, reason, message_id, note)
select distinct on (channel, lower(address)) %(workspace_id)s, channel, address,
    sha256(%(key)s::bytea || convert_to(channel || ':' || lower(address), 'UTF8')), reason, id, reply
from against
order by channel, lower(address), reason
on conflict (workspace_id, channel, address_hash) do nothing
