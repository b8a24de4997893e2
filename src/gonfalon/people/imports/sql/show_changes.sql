-- The first people an import would change, and behind them those it would make: line, whom, before and after.
-- all workspaces: the temporary tables hold one import, of one workspace.
(
    select e.line, e.person_id, coalesce(p.email, p.phone, p.external_id, '') as name, e.before, e.after
    from import_edits e
    join people p on p.id = e.person_id
    order by e.line
    limit %(most)s
)
union all
(
    select
        i.line, null, coalesce(i.email, i.phone, i.external_id, ''), '{}',
        jsonb_strip_nulls(jsonb_build_object(
            'email', i.email, 'phone', i.phone, 'external_id', i.external_id, 'attributes', i.attributes, 'tags', t.tags
        ))
    from import_people i
    cross join lateral (
        select array_agg(distinct each.tag order by each.tag) as tags
        from (
            select unnest(%(tags)s::text[]) as tag
            union all
            select jsonb_array_elements_text(i.tags)
        ) each
    ) t
    where i.is_new and i.fault is null
    order by i.line
    limit %(most)s
)
limit %(most)s
