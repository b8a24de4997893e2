-- Adds up what came by each key from each host; of more than fifty hosts of a key, the first fifty.
-- Writes signals by its primary key. In the order of that, so that two processes wait for each other.
with new as (
    select s.key_id, s.host, row_number() over (partition by s.key_id order by s.first_at, s.host) as place
    from jsonb_to_recordset(%(seen)s::jsonb) as s (key_id uuid, host text, first_at timestamptz)
    where s.host <> '' and not exists (select from signals o where o.key_id = s.key_id and o.host = s.host)
)
insert into signals (key_id, host, workspace_id, page, first_at, last_at, kept, refused)
select s.key_id, s.host, %(workspace_id)s, s.page, s.first_at, s.last_at, s.kept, s.refused
from jsonb_to_recordset(%(seen)s::jsonb) as s (
    key_id uuid, host text, page text, first_at timestamptz, last_at timestamptz, kept bigint, refused bigint
)
join api_keys k on k.id = s.key_id and k.workspace_id = %(workspace_id)s
left join new n on n.key_id = s.key_id and n.host = s.host
where n.place is null or n.place <= 50 - (select count(*) from signals o where o.key_id = s.key_id)
order by s.key_id, s.host
on conflict (key_id, host) do update
set last_at = greatest(signals.last_at, excluded.last_at), kept = signals.kept + excluded.kept,
    refused = signals.refused + excluded.refused
