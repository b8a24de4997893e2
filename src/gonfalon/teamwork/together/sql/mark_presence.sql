-- Notes that a member looks at a thing, forgets who went away from it, and answers who else is there, by name.
-- Writes presence. Uses its primary key; a thing has a handful of rows. Two heartbeats never wait for each other:
-- what another one is just taking away is skipped.
with gone as (
    delete from presence p
    using (
        select workspace_id, thing_kind, thing_id, user_id
        from presence
        where workspace_id = %(workspace_id)s and thing_kind = %(kind)s and thing_id = %(thing_id)s
            and user_id <> %(user_id)s
            and seen_at < now() - make_interval(secs => %(seconds)s)
        for update skip locked
    ) old
    where p.workspace_id = old.workspace_id and p.thing_kind = old.thing_kind and p.thing_id = old.thing_id
        and p.user_id = old.user_id
),
here as (
    insert into presence (workspace_id, thing_kind, thing_id, user_id)
    values (%(workspace_id)s, %(kind)s, %(thing_id)s, %(user_id)s)
    on conflict (workspace_id, thing_kind, thing_id, user_id) do update set seen_at = now()
)
select u.id, u.name
from presence p
join users u on u.id = p.user_id
where p.workspace_id = %(workspace_id)s and p.thing_kind = %(kind)s and p.thing_id = %(thing_id)s
    and p.user_id <> %(user_id)s
    and p.seen_at >= now() - make_interval(secs => %(seconds)s)
order by u.name, u.id
