-- What rules of a workspace may speak of now: its attributes, topics, audiences in use, and campaigns with touchpoints.
-- One row of JSON arrays, so that whoever counts asks once. Reads only.
select
    (
        select coalesce(jsonb_agg(jsonb_build_array(d.key, d.type, d.choices)), '[]')
        from attribute_definitions d
        where d.workspace_id = %(workspace)s and d.deleted_at is null
    ) as attributes,
    (
        select coalesce(jsonb_agg(jsonb_build_array(t.key, t.id)), '[]')
        from topics t
        where t.workspace_id = %(workspace)s
    ) as topics,
    (
        select coalesce(jsonb_agg(jsonb_build_array(a.id, a.rule)), '[]')
        from audiences a
        where a.workspace_id = %(workspace)s and a.archived_at is null
    ) as audiences,
    (
        select coalesce(jsonb_agg(jsonb_build_array(c.id, array(select t.id from touchpoints t where t.campaign_id = c.id))), '[]')
        from campaigns c
        where c.workspace_id = %(workspace)s
    ) as touchpoints,
    (
        select coalesce(jsonb_agg(jsonb_build_array(t.id, t.channel)), '[]')
        from touchpoints t
        where t.workspace_id = %(workspace)s and t.launched_at is not null
    ) as channels,
    (
        select coalesce(jsonb_agg(jsonb_build_array(i.name, i.family)), '[]')
        from intent_events i
        where i.workspace_id = %(workspace)s
    ) as families,
    (
        select coalesce(
            jsonb_agg(jsonb_build_array(s.id, jsonb_path_query_array(s.definition, '$.stages[*].name'))), '[]'
        )
        from scores s
        where s.workspace_id = %(workspace)s and s.archived_at is null
    ) as scores,
    (
        select jsonb_build_array(f.recency, f.frequency, f.monetary)
        from customer_fifths f
        where f.workspace_id = %(workspace)s
    ) as fifths
