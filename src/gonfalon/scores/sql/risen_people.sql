-- Who rose into some stages of a score when it was counted at an instant, as events about them.
-- Reads score_moves. Relies on ix_score_moves_score.
select m.person_id, m.at, 'score:' || m.id as source_key,
    jsonb_build_object(
        'score', %(score_name)s::text, 'score_id', m.score_id, 'stage', m.stage, 'before', m.before, 'points', m.total
    ) as properties
from score_moves m
where m.workspace_id = %(workspace_id)s and m.score_id = %(score)s and m.at = %(at)s and m.rose
    and m.cause = 'person' and m.stage = any (%(stages)s::text[])
