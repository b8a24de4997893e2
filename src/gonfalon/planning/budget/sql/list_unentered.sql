-- Lists the days whose messages of paid channels were taken by the provider and of which no spend entry speaks yet.
-- Writes nothing. Relies on: ix_dispatches_workspace, ix_messages_dispatch, spend_entries' unique external_id.
select s.*
from (
    select t.campaign_id, d.touchpoint_id, t.name, d.channel, t.budget_line_id as line_id,
           (m.ended_at at time zone %(zone)s)::date as day, count(*) as messages
    from dispatches d
    join touchpoints t on t.id = d.touchpoint_id and t.workspace_id = d.workspace_id
    join messages m on m.dispatch_id = d.id
    where d.workspace_id = %(workspace_id)s
      and d.channel = any (%(channels)s)
      and (d.finished_at is null or d.finished_at >= %(since)s)
      and (%(campaigns)s::uuid[] is null or t.campaign_id = any (%(campaigns)s))
      and m.state = 'accepted' and m.ended_at >= %(since)s and m.ended_at < %(until)s
    group by 1, 2, 3, 4, 5, 6
) s
where not exists (
    select from spend_entries e
    where e.workspace_id = %(workspace_id)s
      and e.external_id = 'sent:' || s.touchpoint_id || ':' || to_char(s.day, 'YYYY-MM-DD')
)
order by s.campaign_id, s.name, s.touchpoint_id, s.day
