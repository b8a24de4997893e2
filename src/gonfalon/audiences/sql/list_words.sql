-- The tags and event names that a workspace uses, by name.
-- Reads only: the first 20,000 tagged people and the last 20,000 events, not all of them.
select
    coalesce((
        select array_agg(distinct tag order by tag)
        from (
            select unnest(tags) as tag from (
                select tags from people where workspace_id = %(workspace)s and tags <> '{}' limit 20000
            ) p
        ) t
    ), '{}') as tags,
    coalesce((
        select array_agg(distinct name order by name)
        from (
            select name from events where workspace_id = %(workspace)s order by id desc limit 20000
        ) e
    ), '{}') as events
