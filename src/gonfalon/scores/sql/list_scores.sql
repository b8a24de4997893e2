-- The scores of a workspace by name, or one of them; with their owner's name.
-- Reads scores, users. Relies on ix_scores_workspace.
select s.*, u.name as owner_name
from scores s
left join users u on u.id = s.owner_id
where s.workspace_id = %(workspace)s
    and (%(score)s::uuid is null or s.id = %(score)s)
    and (%(archived)s::boolean is null or (s.archived_at is not null) = %(archived)s)
order by lower(s.name), s.id
