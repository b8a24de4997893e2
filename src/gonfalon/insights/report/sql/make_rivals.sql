-- Touchpoints that compete for credit, with their campaign's rule and what a visit by them is known by. Makes a table of
-- the analytics copy's session (DuckDB). opens, closes: between which a click id alone may be of it.
-- all workspaces: what is given is of one workspace.
create temp table rival as
select
    unnest($rivals::uuid[]) as touchpoint_id,
    unnest($campaigns::uuid[]) as campaign_id,
    unnest($events::varchar[]) as event,
    unnest($by_click::boolean[]) as by_click,
    unnest($days::integer[]) as days,
    unnest($channels::varchar[]) as channel,
    unnest($sources::varchar[]) as source,
    unnest($mediums::varchar[]) as medium,
    unnest($tags::varchar[]) as campaign,
    unnest($contents::varchar[]) as content,
    unnest($codes::varchar[]) as code,
    unnest($began::timestamp[]) as began,
    unnest($opens::timestamp[]) as opens,
    unnest($closes::timestamp[]) as closes
