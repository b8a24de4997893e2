-- How many pairs of each kind are proposed, of people who are both there. Relies on ix_duplicate_pairs_workspace.
select d.kind, count(*) as number
from duplicate_pairs d
join people l on l.id = d.low_id and l.erased_at is null
join people h on h.id = d.high_id and h.erased_at is null
where d.workspace_id = %(workspace_id)s and d.state = 'proposed'
group by d.kind
