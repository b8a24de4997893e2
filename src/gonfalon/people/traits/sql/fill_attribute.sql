-- Gives people the value of an attribute made of a trait that was kept beside them, where its type is the attribute's.
-- Amounts are in major units and become minor ones by the factor.
-- Writes people. Reads the workspace's people. The rows filled are counted; what does not fit stays beside.
with told as (
    select o.id, o.undeclared -> %(key)s::text as given, o.undeclared ->> %(key)s::text as written,
        jsonb_typeof(o.undeclared -> %(key)s::text) as kind
    from people o
    where o.workspace_id = %(workspace_id)s and o.erased_at is null and o.undeclared ? %(key)s::text
),
days as (
    select id,
        case when written ~ '^[1-8][0-9]{3}-(0[1-9]|1[0-2])-[0-3][0-9]([T ]|$)'
            then make_date(left(written, 4)::int, substr(written, 6, 2)::int, 1) + substr(written, 9, 2)::int - 1
        end as day
    from told
),
fitting as (
    select told.id,
        case %(type)s::text
            when 'text' then to_jsonb(written)
            when 'choice' then case when written = any(%(choices)s::text[]) then to_jsonb(written) end
            when 'number' then case when kind = 'number' and abs(written::numeric) <= 1e15 then given end
            when 'money' then case when kind = 'number' and abs(written::numeric) <= 1e12
                then to_jsonb(round(written::numeric * %(factor)s)::bigint) end
            when 'boolean' then case when kind = 'boolean' then given end
            when 'date' then case when to_char(day, 'YYYY-MM-DD') = left(written, 10) then to_jsonb(left(written, 10)) end
        end as value
    from told
    join days on days.id = told.id
)
update people p
set attributes = jsonb_build_object(%(attribute)s::text, f.value) || p.attributes,
    undeclared = p.undeclared - %(key)s::text,
    updated_at = now()
from fitting f
where p.id = f.id and p.workspace_id = %(workspace_id)s and f.value is not null
