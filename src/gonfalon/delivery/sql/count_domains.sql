-- How messages of the last 30 days fared by the receiver's domain: addresses with a domain, those where some failed, the most failures first.
-- What was sent before Gonfalon is left out. Reads only. Relies on ix_dispatches_workspace and ix_messages_dispatch;
-- a million messages in about a second.
select lower(split_part(m.address, '@', -1)) as domain,
    count(*) filter (where m.state = 'accepted') as accepted,
    count(*) filter (where m.state = 'rejected') as rejected,
    count(*) filter (where m.state = 'deferred') as deferred,
    count(*) filter (where m.state = 'unknown') as unknown
from dispatches d
join messages m on m.dispatch_id = d.id
where d.workspace_id = %(workspace_id)s and d.started_at > now() - interval '30 days'
    and d.state_reason <> %(imported)s
    and m.address like '%%@%%' and m.state in ('accepted', 'rejected', 'deferred', 'unknown')
group by 1
having count(*) filter (where m.state <> 'accepted') > 0
order by count(*) filter (where m.state = 'rejected') desc, count(*) filter (where m.state <> 'accepted') desc, 1
limit 20
