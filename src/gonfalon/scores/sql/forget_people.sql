-- Forgets the points of people, and how they changed. Writes person_scores, score_history, score_moves.
-- Relies on ix_person_scores_person_id, ix_score_history_person_id, ix_score_moves_person_id.
with points as (
    delete from person_scores where person_id = any (%(person_ids)s) and workspace_id = %(workspace_id)s
),
history as (
    delete from score_history where person_id = any (%(person_ids)s) and workspace_id = %(workspace_id)s
)
delete from score_moves where person_id = any (%(person_ids)s) and workspace_id = %(workspace_id)s
