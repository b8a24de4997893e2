-- The newest words under each field of free text, and beside the option "other": `most` a field.
-- Relies on ix_form_answers_form; reads the newest 2,000 answers.
select found.field, found.text
from (
    select said.field, said.text, row_number() over (partition by said.field order by said.id desc) as place
    from (
        select a.id, s.key as field,
            case jsonb_typeof(part) when 'object' then part ->> 'other' else part #>> '{}' end as text,
            jsonb_typeof(part) = 'object' as own
        from (
            select id, values from form_answers
            where workspace_id = %(workspace_id)s and form_id = %(form_id)s and state = 'taken'
            order by id desc
            limit 2000
        ) as a
        cross join lateral jsonb_each(a.values) as s (key, value)
        cross join lateral jsonb_array_elements(
            case jsonb_typeof(s.value) when 'array' then s.value else jsonb_build_array(s.value) end
        ) as part
        where s.key = any (%(fields)s)
    ) as said
    where said.text is not null and (said.own or said.field = any (%(free)s))
) as found
where found.place <= %(most)s
order by found.field, found.place
