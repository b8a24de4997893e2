-- Which group each answer that counts belongs to; put in the place of the groups of the other statements.
-- by_field: the groups are the values of that field (an answer with several is in each). by_event: whether its person did
-- this at any time ("yes", "no"; answers of nobody are in no group). Neither: one group of all.
-- Relies on ix_form_answers_form and ix_events_person.
select a.id, a.values, g.value as "group"
from form_answers a
cross join lateral (
    select '' as value where %(by_field)s::text = '' and %(by_event)s::text = ''
    union all
    select case jsonb_typeof(part) when 'object' then 'other' else part #>> '{}' end
    from jsonb_array_elements(
        case jsonb_typeof(a.values -> %(by_field)s::text)
            when 'array' then a.values -> %(by_field)s::text
            else jsonb_build_array(a.values -> %(by_field)s::text)
        end
    ) as part
    where %(by_field)s::text <> '' and a.values ? %(by_field)s::text
    union all
    select case when exists (
        select from events e
        where e.person_id = a.person_id and e.workspace_id = a.workspace_id and e.name = %(by_event)s::text
    ) then 'yes' else 'no' end
    where %(by_event)s::text <> '' and a.person_id is not null
) as g
where a.workspace_id = %(workspace_id)s and a.form_id = %(form_id)s and a.state = 'taken' and a.values <> '{}'
