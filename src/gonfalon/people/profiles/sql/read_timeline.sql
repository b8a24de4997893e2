-- A person's timeline, the newest first: events, messages, hits, consent, audiences and the beginning, merged by time.
-- Each source gives a page of its own newest lines after the cursor, so a page costs the same however long the past.
-- Reads events (ix_events_person), messages (ix_messages_person), hits (ix_hits_message),
-- consent_proofs (ix_consent_proofs_person_id), people, membership_changes (ix_membership_changes_person), audiences.
-- The cursor is (at, rank, id); rank tells the kinds apart at one instant.
with lines as (
    (
        select e.at, 1 as rank, 'event' as kind, e.id, e.name,
            jsonb_build_object('properties', e.properties, 'amount_minor', e.amount_minor, 'currency', e.currency)
                as details
        from events e
        where e.person_id = %(person_id)s and e.workspace_id = %(workspace_id)s
            and (%(at)s::timestamptz is null or e.at <= %(at)s)
            and (%(at)s::timestamptz is null or (e.at, 1, e.id) < (%(at)s::timestamptz, %(rank)s::int, %(id)s::bigint))
        order by e.at desc, e.id desc
        limit %(limit)s
    )
    union all
    (
        select m.ended_at, 2, 'message', m.id, m.state,
            jsonb_build_object(
                'reason', m.reason, 'channel', d.channel, 'address', m.address,
                'touchpoint_id', m.touchpoint_id, 'campaign_id', d.campaign_id, 'campaign', c.name)
        from messages m
        join dispatches d on d.id = m.dispatch_id
        left join campaigns c on c.id = d.campaign_id and c.workspace_id = m.workspace_id
        where m.person_id = %(person_id)s and m.workspace_id = %(workspace_id)s and m.ended_at is not null
            and (%(at)s::timestamptz is null
                or (m.ended_at, 2, m.id) < (%(at)s::timestamptz, %(rank)s::int, %(id)s::bigint))
        order by m.ended_at desc, m.id desc
        limit %(limit)s
    )
    union all
    (
        select h.at, 3, 'hit', h.id, h.kind,
            jsonb_build_object(
                'message_id', h.message_id, 'verdict', h.verdict, 'rule', h.rule,
                'url', l.url, 'label', l.label)
        from messages m
        join hits h on h.message_id = m.id
        left join links l on l.link_set_id = h.link_set_id and l.number = h.link_number
        where m.person_id = %(person_id)s and m.workspace_id = %(workspace_id)s and h.kind <> 'page'
            and (%(at)s::timestamptz is null or (h.at, 3, h.id) < (%(at)s::timestamptz, %(rank)s::int, %(id)s::bigint))
        order by h.at desc, h.id desc
        limit %(limit)s
    )
    union all
    (
        select c.recorded_at, 4, 'consent', c.id, c.state,
            jsonb_build_object('channel', c.channel, 'topic', t.name, 'source', c.source, 'said_at', c.at)
        from consent_proofs c
        left join topics t on t.id = c.topic_id -- a statement on being measured has none
        where c.person_id = %(person_id)s and c.workspace_id = %(workspace_id)s
            and (%(at)s::timestamptz is null
                or (c.recorded_at, 4, c.id) < (%(at)s::timestamptz, %(rank)s::int, %(id)s::bigint))
        order by c.recorded_at desc, c.id desc
        limit %(limit)s
    )
    union all
    (
        select p.created_at, 5, 'created', p.id, 'created', '{}'::jsonb
        from people p
        where p.id = %(person_id)s and p.workspace_id = %(workspace_id)s
            and (%(at)s::timestamptz is null
                or (p.created_at, 5, p.id) < (%(at)s::timestamptz, %(rank)s::int, %(id)s::bigint))
    )
    union all
    (
        select x.at, 6, 'audience', x.id, a.name,
            jsonb_build_object('audience_id', x.audience_id, 'entered', x.entered, 'cause', x.cause)
        from membership_changes x
        join audiences a on a.id = x.audience_id
        where x.person_id = %(person_id)s and x.workspace_id = %(workspace_id)s
            and (%(at)s::timestamptz is null or (x.at, 6, x.id) < (%(at)s::timestamptz, %(rank)s::int, %(id)s::bigint))
        order by x.at desc, x.id desc
        limit %(limit)s
    )
)
select at, rank, kind, id, name, details
from lines
order by at desc, rank desc, id desc
limit %(limit)s
