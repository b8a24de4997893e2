-- Makes the companies that messages name, and adds what they say of those that are known; a name that is not said stays.
-- What is so already is not written. Writes companies. Relies on uq_companies_workspace_id_key.
insert into companies (workspace_id, key, name, properties)
select %(workspace_id)s, s.key, coalesce(nullif(s.name, ''), s.key), s.properties::jsonb
from unnest(%(keys)s::text[], %(names)s::text[], %(properties)s::text[]) as s (key, name, properties)
order by s.key -- two batches lock the same companies in the same order
on conflict (workspace_id, key) do update
set name = case when excluded.name = excluded.key then companies.name else excluded.name end,
    properties = companies.properties || excluded.properties,
    updated_at = now()
where not companies.properties @> excluded.properties
    or (excluded.name <> excluded.key and excluded.name <> companies.name)
