-- Lays everybody's points of a score out where apply_found reads them, by the compiled question.
-- Writes: score_found, a table of this transaction alone.
-- all workspaces: the question binds its own
insert into score_found (person_id, fit, engagement)
{points}
