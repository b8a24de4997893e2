-- Writes down merges before they happen: both people as they are, and whose each thing of this room is.
-- Answers the merges' ids. Writes person_merges, person_moves. The caller holds the people's rows.
with pairs as (
    select * from unnest(%(gone)s::bigint[], %(kept)s::bigint[]) as p (gone, kept)
),
noted as (
    insert into person_merges (workspace_id, kept_id, gone_id, kind, before, by)
    select %(workspace_id)s, pairs.kept, pairs.gone, 'merge',
        jsonb_build_object(
            'gone', to_jsonb(g) - '{id,workspace_id,xid,erased_at,merged_into}'::text[],
            'kept', to_jsonb(k) - '{id,workspace_id,xid,erased_at,merged_into}'::text[],
            'consents', (
                select coalesce(jsonb_agg(to_jsonb(c) - '{id,workspace_id,xid}'::text[]), '[]')
                from consents c
                where c.person_id in (pairs.kept, pairs.gone) and c.workspace_id = %(workspace_id)s
            )
        ),
        %(by)s
    from pairs
    join people g on g.id = pairs.gone and g.workspace_id = %(workspace_id)s
    join people k on k.id = pairs.kept and k.workspace_id = %(workspace_id)s
    order by pairs.gone
    returning id, kept_id, gone_id
),
moved as (
    insert into person_moves (merge_id, what, person_id, ref)
    select n.id, 'identities', i.person_id, i.id::text
    from noted n join identities i on i.person_id = n.gone_id and i.workspace_id = %(workspace_id)s
    union all
    select n.id, 'companies', m.person_id, m.company_id::text
    from noted n join company_members m on m.person_id in (n.gone_id, n.kept_id) and m.workspace_id = %(workspace_id)s
    union all
    select n.id, 'proofs', c.person_id, c.id::text
    from noted n join consent_proofs c on c.person_id = n.gone_id and c.workspace_id = %(workspace_id)s
    union all
    select n.id, 'people', p.merged_into, p.id::text
    from noted n join people p on p.merged_into = n.gone_id and p.workspace_id = %(workspace_id)s
)
select id, kept_id, gone_id from noted
