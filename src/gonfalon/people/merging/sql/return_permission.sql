-- Gives both people of an undone merge the permission they had. What the one who stayed has said since stays said, and
-- a withdrawal among it counts for both. Writes consents. Relies on uq_consents_person_id_channel_topic_id.
with g as (
    select * from person_merges where id = %(merge_id)s and workspace_id = %(workspace_id)s
),
since as (
    -- The proofs that the merge had moved are no news.
    select c.channel, c.topic_id, bool_or(n.state = 'withdrawn') as withdrawn, max(n.at) as at
    from g
    join consent_proofs c on c.person_id = g.kept_id and c.workspace_id = g.workspace_id and c.recorded_at > g.at
    join consents n on n.person_id = g.kept_id and n.channel = c.channel and n.topic_id = c.topic_id
    group by c.channel, c.topic_id
),
told as (
    select (c ->> 'person_id')::bigint as person_id, c ->> 'channel' as channel, (c ->> 'topic_id')::int as topic_id,
        c ->> 'state' as state, (c ->> 'at')::timestamptz as at, c ->> 'basis' as basis,
        (c ->> 'expires_at')::timestamptz as expires_at
    from g cross join jsonb_array_elements(g.before -> 'consents') c
),
given as (
    delete from consents c
    using g
    where c.person_id = g.kept_id and c.workspace_id = g.workspace_id
        and not exists (select from since s where s.channel = c.channel and s.topic_id = c.topic_id)
        and not exists (
            select from told t
            where t.person_id = g.kept_id and t.channel = c.channel and t.topic_id = c.topic_id
        )
)
insert into consents (workspace_id, person_id, channel, topic_id, state, at, basis, expires_at)
select g.workspace_id, t.person_id, t.channel, t.topic_id,
    case when s.withdrawn then 'withdrawn' else t.state end, case when s.withdrawn then s.at else t.at end,
    coalesce(t.basis, 'consent'), t.expires_at
from g
cross join told t
left join since s on s.channel = t.channel and s.topic_id = t.topic_id
where t.person_id = g.gone_id or s.channel is null
on conflict (person_id, channel, topic_id) do update
set state = excluded.state, at = excluded.at, basis = excluded.basis, expires_at = excluded.expires_at
