-- Judges hits by time: too soon after delivery, several links of a message (or one and the page for leaving) in an
-- instant, with whatever else came in it, or many within a moment.
-- Writes: hits.verdict, rule, rule_version of the messages given; never makes a machine human.
-- Index: ix_hits_message. Runs in the transaction that appended the hits.
with given as (
    select h.id, h.kind, h.rule, h.message_id, h.link_number, h.at, m.ended_at
    from hits h
    join messages m on m.id = h.message_id and m.workspace_id = h.workspace_id
    where h.message_id = any(%(message_ids)s) and h.at > %(since)s
), judged as (
    select g.id,
        case
            when (
                select count(distinct coalesce(o.link_number, -1)) from given o
                where o.message_id = g.message_id and o.kind <> 'open'
                  and o.at between g.at - make_interval(secs => %(instant_seconds)s)
                               and g.at + make_interval(secs => %(instant_seconds)s)
            ) >= 2 then 'at_once'
            when (
                select count(distinct o.link_number) from given o
                where o.message_id = g.message_id and o.kind = 'click' and g.kind = 'click'
                  and o.at between g.at - make_interval(secs => %(burst_seconds)s)
                               and g.at + make_interval(secs => %(burst_seconds)s)
            ) >= %(burst_links)s then 'burst'
            when g.at < g.ended_at + make_interval(
                secs => case g.rule when 'reader_proxy' then %(proxy_seconds)s else %(soon_seconds)s end
            ) then 'too_soon'
        end as rule
    from given g
)
update hits h
set verdict = case j.rule when 'too_soon' then 'likely_machine' else 'machine' end,
    rule = j.rule,
    rule_version = %(version)s
from judged j
where h.id = j.id and j.rule is not null and h.verdict <> 'machine'
