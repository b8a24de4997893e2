-- Gives every member's unread immediate notices of a workspace one mail together.
-- Writes notice_mails and notices.mail_id: a notice that has a mail never gets another. Uses ix_notices_unmailed.
-- %(no_entry)s: in place of the password of an account that is nobody's.
-- The caller holds the workspace's advisory lock, so that two jobs don't make a mail each for the same notices.
with due as (
    select n.user_id, array_agg(n.id) as ids
    from notices n
    join members m on m.workspace_id = n.workspace_id and m.user_id = n.user_id
    join users u on u.id = n.user_id and u.disabled_at is null and u.password_hash <> %(no_entry)s
    where n.workspace_id = %(workspace_id)s and n.delivery = 'now' and n.mail_id is null and n.read_at is null
    group by n.user_id
),
made as (
    insert into notice_mails (workspace_id, user_id)
    select %(workspace_id)s, due.user_id from due
    returning id, user_id
)
update notices n
set mail_id = made.id
from made
join due on due.user_id = made.user_id
where n.id = any(due.ids) and n.workspace_id = %(workspace_id)s
