-- What campaigns have at stake now or had in the last days, at its highest, and every category they were in.
-- At stake is what is planned or, of a line where that is more, ordered and spent. Reads only; by primary keys.
-- An hour more than asked: keep_facts writes the same facts down again only when an hour has passed.
select
    c.id as campaign_id,
    greatest(
        (select max(f.at_stake_minor) from campaign_facts f
         where f.campaign_id = c.id and f.at > now() - make_interval(days => %(days)s, hours => 1)),
        (select sum(greatest(l.planned_minor, l.committed_minor + l.spent_minor)) from budget_lines l
         where l.campaign_id = c.id and l.workspace_id = c.workspace_id),
        0
    )::bigint as at_stake_minor,
    (select array_agg(distinct f.category) from campaign_facts f
     where f.campaign_id = c.id and f.at > now() - make_interval(days => %(days)s, hours => 1)) as categories
from campaigns c
where c.id = any(%(campaigns)s) and c.workspace_id = %(workspace)s
