-- Notes traits that no attribute holds, the newest example each; more than the most are not taken in. Answers those of
-- them whose values are kept beside people: undeclared ones that nobody dismissed.
-- Writes trait_proposals. Relies on its primary key; the keys come sorted, so that two batches wait in one order.
-- A trait seen within the last minute is not written again.
with told as (
    select *
    from unnest(%(keys)s::text[], %(names)s::text[], %(fits)s::bool[], %(types)s::text[], %(examples)s::text[])
        as t (key, name, fits, type, example)
),
noted as (
    insert into trait_proposals as p (workspace_id, key, name, fits, type, example)
    select %(workspace_id)s, t.key, t.name, t.fits, t.type, t.example
    from told t
    where exists (select from trait_proposals k where k.workspace_id = %(workspace_id)s and k.key = t.key)
        or (select count(*) from trait_proposals k where k.workspace_id = %(workspace_id)s) < %(most)s
    order by t.key
    on conflict (workspace_id, key) do update
    set name = excluded.name, fits = excluded.fits, example = excluded.example, last_at = now(),
        type = case when p.type = excluded.type or not excluded.fits then excluded.type else 'text' end
    where p.last_at < now() - interval '1 minute' or p.fits <> excluded.fits
        or (p.type <> excluded.type and p.type <> 'text')
    returning p.key, p.fits, p.dismissed_at
)
select key from noted where fits and dismissed_at is null
union
select p.key
from trait_proposals p
join told t on t.key = p.key and t.fits
where p.workspace_id = %(workspace_id)s and p.fits and p.dismissed_at is null
