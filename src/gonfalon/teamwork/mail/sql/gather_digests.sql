-- Makes the digests that are due: one a member and day, of what was unread at 08:00 in the workspace's zone.
-- Writes notice_mails (unique by workspace, member and day) and notices.mail_id. Uses ix_notices_unmailed.
-- 08:00 is a wall clock's: the zone's own rules say which moment that is on the day clocks change.
-- %(no_entry)s: in place of the password of an account that is nobody's.
-- all workspaces: the clock is the same for all, and each row is joined through its own workspace_id.
with morning as (
    select w.id as workspace_id, (%(now)s::timestamptz at time zone w.time_zone)::date as day,
        ((%(now)s::timestamptz at time zone w.time_zone)::date + time '08:00') at time zone w.time_zone as at
    from workspaces w
),
due as (
    select n.workspace_id, n.user_id, t.day, array_agg(n.id) as ids
    from notices n
    join morning t on t.workspace_id = n.workspace_id and t.at <= %(now)s::timestamptz and n.created_at < t.at
    join members m on m.workspace_id = n.workspace_id and m.user_id = n.user_id
    join users u on u.id = n.user_id and u.disabled_at is null and u.password_hash <> %(no_entry)s
    where n.delivery = 'daily' and n.mail_id is null and n.read_at is null
    group by n.workspace_id, n.user_id, t.day
),
made as (
    insert into notice_mails (workspace_id, user_id, digest_on)
    select due.workspace_id, due.user_id, due.day from due
    on conflict (workspace_id, user_id, digest_on) do nothing
    returning id, workspace_id, user_id
)
update notices n
set mail_id = made.id
from made
join due on due.workspace_id = made.workspace_id and due.user_id = made.user_id
where n.id = any(due.ids) and n.workspace_id = made.workspace_id
