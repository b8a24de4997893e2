-- Forgets how scores changed before a day, and what is left of people who were erased while it was counted.
-- Writes score_history, score_moves. Relies on ix_score_history_day, ix_score_moves_at.
-- all workspaces: a task of the night, the same for everybody
with erased as (
    select id from people where erased_at > now() - interval '3 days'
),
history as (
    delete from score_history where day < %(before)s::date or person_id in (select id from erased)
),
kept as (
    delete from person_scores where person_id in (select id from erased)
)
delete from score_moves where at < %(before)s or person_id in (select id from erased)
