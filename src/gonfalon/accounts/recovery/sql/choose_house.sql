-- Whose way of mailing carries links for new passwords. Reads only; workspaces and members are few.
-- all workspaces: a link opens every workspace of its user, so it leaves by one that belongs to whoever set the
-- installation up (their own mail server before the sandbox), never by one whose owners could read other people's links.
select w.id
from workspaces w
left join members m
    on m.workspace_id = w.id and m.role = 'owner'
    and m.user_id = (select u.id from users u order by u.created_at, u.id limit 1)
left join email_settings e on e.workspace_id = w.id and e.provider = 'smtp'
order by (m.user_id is not null) desc, (m.user_id is not null and e.workspace_id is not null) desc, w.id
limit 1
