-- Puts everybody whom a rule means on a list; who is on it already stays. {members} is the rule's question.
-- Writes list_members. Relies on uq_list_members.
insert into list_members (workspace_id, audience_id, person_id)
select %(workspace)s, %(audience)s, m.person_id from ({members}) m order by m.person_id
on conflict (audience_id, person_id) do nothing
