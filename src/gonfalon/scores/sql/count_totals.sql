-- How many people have which total of a score. Reads person_scores. Relies on ix_person_scores_total.
select total, count(*) as people
from person_scores
where workspace_id = %(workspace)s and score_id = %(score)s
group by total
