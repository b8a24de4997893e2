-- Events that name the code of a touchpoint: as a text, several in one text, a list of texts or of objects, or as the
-- coupon of a product. Asked of the analytics copy (DuckDB) after make_rivals; makes a table of the session. $paths: where
-- a code may stand. Of two touchpoints with one code the one that began last is meant.
create temp table coded as
with named as (
    select
        id, person_id, "at", name,
        json_extract_string(properties, $paths::varchar[]) || json_extract_string(properties, '$.products[*].coupon')
            as written
    from events
    where workspace_id = $workspace and name in (select event from rival where code <> '')
),
told as (
    select distinct
        id, person_id, "at", name,
        lower(trim(unnest(regexp_split_to_array(array_to_string(written, ','), '[,;|{}:"\[\]]+')))) as code
    from named
)
select t.id as event_id, t.person_id, r.touchpoint_id
from told t
join rival r on r.code = t.code and r.event = t.name and t.at >= r.began
where r.code <> ''
qualify row_number() over (partition by t.id order by r.began desc, r.touchpoint_id desc) = 1
